import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { interpolated } from './compose-file.ts';
import type { OpsProgram } from '../ops/programs.ts';
import { run, type Running } from '../ops/running.ts';
import type { NativeProduction } from './native-production.ts';

/** An exporter of compose as Debian's program: the service's own variables and secrets, with this machine's addresses. */
export function startExporter(
  world: NativeProduction,
  service: string,
  program: OpsProgram,
): Promise<Running> {
  const { environment, secrets } = world.service(service);
  const folder = path.join(world.folder, service);
  for (const { source } of secrets)
    writeFileSync(`${folder}-${source}`, moved(world, readFileSync(secretFile(world, source), 'utf8')));
  const here = Object.entries(environment).map(([name, value]) => [
    name,
    moved(world, interpolated(value)).replace('/run/secrets/', `${folder}-`),
  ]);
  return run(
    program,
    '/',
    (port) => [`--web.listen-address=127.0.0.1:${port}`],
    Object.fromEntries(here) as Record<string, string>,
  );
}

/** Where a service of compose listens by a text, this machine's address. */
export function moved(world: NativeProduction, text: string): string {
  return text.replaceAll(
    /\b(postgres|redis-cache|redis-state):\d+/g,
    (_, name: string) => `127.0.0.1:${world.port(name)}`,
  );
}

function secretFile(world: NativeProduction, name: string): string {
  return path.join(world.folder, 'run/secrets', name);
}
