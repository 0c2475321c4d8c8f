import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../helpers/processes.ts';
import type { DashboardJson } from './dashboard-rules.ts';

const folder = path.join(root, 'grafana/dashboards');

/** The dashboards as they are committed; that they are what `npm run docs` writes is a test of test/docs. */
export const committedDashboards: readonly DashboardJson[] = readdirSync(folder).map(
  (name) => JSON.parse(readFileSync(path.join(folder, name), 'utf8')) as DashboardJson,
);

/** Every series that the bot's code defines; a histogram by its own name. */
export function definedSeries(): string[] {
  const telemetry = path.join(root, 'src/telemetry');
  const code = readdirSync(telemetry).map((file) => readFileSync(path.join(telemetry, file), 'utf8'));
  return [...code.join('\n').matchAll(/name: '(shoal_\w+)'/g)].map(([, name = '']) => name);
}

/** A histogram's name for that of one of its series. */
export function withoutPart(name: string): string {
  return name.replace(/_(?:bucket|sum|count)$/, '');
}
