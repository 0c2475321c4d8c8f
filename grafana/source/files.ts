import { dashboardJson } from './json.ts';
import { dashboards } from './source.ts';

/** What Grafana reads: path from the root of the repository, and text. */
export function dashboardFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    dashboards.map((dashboard) => [
      `grafana/dashboards/${dashboard.uid}.json`,
      `${JSON.stringify(dashboardJson(dashboard), null, 2)}\n`,
    ]),
  );
}
