import { findProgram } from '../../src/local/find-program.ts';
import type { Program } from '../../src/local/package-installation.ts';

/** What watches the bot. Debian names Alertmanager's program after its package; Homebrew has no exporter for Redis or PostgreSQL. */
export const opsPrograms = {
  prometheus: { command: 'prometheus', apt: 'prometheus', brew: 'prometheus' },
  promtool: { command: 'promtool', apt: 'prometheus', brew: 'prometheus' },
  alertmanager: {
    command: 'prometheus-alertmanager',
    apt: 'prometheus-alertmanager',
    brew: 'prometheus-alertmanager',
  },
  amtool: { command: 'amtool', apt: 'prometheus-alertmanager', brew: 'prometheus-alertmanager' },
  redisExporter: {
    command: 'prometheus-redis-exporter',
    apt: 'prometheus-redis-exporter',
    brew: 'redis_exporter',
  },
  postgresExporter: {
    command: 'prometheus-postgres-exporter',
    apt: 'prometheus-postgres-exporter',
    brew: 'postgres_exporter',
  },
  nodeExporter: {
    command: 'prometheus-node-exporter',
    apt: 'prometheus-node-exporter',
    brew: 'node_exporter',
  },
} as const satisfies Readonly<Record<string, Program>>;

export type OpsProgram = keyof typeof opsPrograms;

/** Why tests that need them are skipped, or false. */
export function without(...names: readonly OpsProgram[]): string | false {
  const missing = names
    .map((name) => opsPrograms[name])
    .filter(({ command }) => pathOf(command) === undefined);
  if (missing.length === 0) return false;
  return `needs ${[...new Set(missing.map(({ apt }) => apt))].join(', ')}`;
}

/** The program's path. Throws where `without` has a reason. */
export function programPath(name: OpsProgram): string {
  const found = pathOf(opsPrograms[name].command);
  if (found === undefined) throw new Error(`${opsPrograms[name].command} is not installed`);
  return found;
}

function pathOf(command: string): string | undefined {
  return findProgram(command, process.env);
}
