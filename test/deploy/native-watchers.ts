import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../helpers/processes.ts';
import type { OpsProgram } from '../ops/programs.ts';
import { run, type Running } from '../ops/running.ts';
import { interpolated } from './compose-file.ts';
import type { NativeProduction } from './native-production.ts';

/** The services that watch: Debian's program of each, where it says that it is there, and what this version wants besides. */
const watchers = {
  'node-exporter': { program: 'nodeExporter', ready: '/' },
  'postgres-exporter': { program: 'postgresExporter', ready: '/' },
  'redis-exporter': { program: 'redisExporter', ready: '/' },
  alertmanager: { program: 'alertmanager', ready: '/-/ready' },
  prometheus: {
    program: 'prometheus',
    ready: '/-/ready',
    more: [
      // Version 3, which compose has, does so by itself.
      '--enable-feature=expand-external-labels',
      // The first evaluation comes before Alertmanager is found, and is told of again after a minute by default.
      '--rules.alert.resend-delay=1s',
    ],
  },
} as const satisfies Readonly<
  Record<string, { readonly program: OpsProgram; readonly ready: string; readonly more?: readonly string[] }>
>;

export type Watcher = keyof typeof watchers;

export const watcherPrograms: readonly OpsProgram[] = Object.values(watchers).map(({ program }) => program);

/**
 * A service of compose that watches, as Debian's program: the service's own command, variables, secrets and files, with this machine's folders
 * and addresses. `adapt` changes the text of a file that it mounts.
 */
export function startWatcher(
  world: NativeProduction,
  name: Watcher,
  adapt: (text: string) => string = (text) => text,
): Promise<Running> {
  const {
    program,
    ready,
    more = [],
  }: (typeof watchers)[Watcher] & { more?: readonly string[] } = watchers[name];
  const { command, environment } = world.service(name);
  const place = mount(world, name);
  const here = (text: string) => world.moved(place(interpolated(text, world.settings)));
  const variables = Object.entries(environment).map(([key, value]) => [key, here(value)]);
  return run(
    program,
    ready,
    (port) => {
      world.listens(name, port);
      rewrite(path.join(world.folder, name), (text) => adapt(world.moved(place(text))));
      return [...command.map(here), ...more, `--web.listen-address=127.0.0.1:${port}`];
    },
    Object.fromEntries(variables) as Record<string, string>,
  );
}

/** Makes a folder that stands for the container's root, with what the service mounts. Returns what names the places there by those here. */
function mount(world: NativeProduction, name: Watcher): (text: string) => string {
  const folder = path.join(world.folder, name);
  const { volumes, secrets } = world.service(name);
  const places = new Map<string, string>();
  for (const [source = '', target = ''] of volumes.map((volume) => volume.split(':'))) {
    const here = path.join(folder, target);
    // The host, and what another service writes, are where they are.
    places.set(target, source === '/' ? '/' : source === 'backup-metrics' ? world.metricsFolder : here);
    rmSync(here, { recursive: true, force: true });
    if (source.startsWith('./')) cpSync(path.join(root, source), here, { recursive: true });
    else mkdirSync(here, { recursive: true });
  }
  for (const { source, target } of secrets) {
    const here = path.join(folder, target);
    places.set(target, here);
    mkdirSync(path.dirname(here), { recursive: true });
    writeFileSync(here, world.secret(source));
  }
  const targets = [...places.keys()].toSorted((a, b) => b.length - a.length).join('|');
  const named = new RegExp(String.raw`(?<![\w/.-])(?:${targets})(?![\w-])`, 'g');
  return (text) => (targets === '' ? text : text.replaceAll(named, (target) => places.get(target) ?? target));
}

function rewrite(folder: string, change: (text: string) => string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile()) writeFileSync(file, change(readFileSync(file, 'utf8')));
  }
}
