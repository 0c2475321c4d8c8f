import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { before, describe, test } from 'node:test';
import { findCycle, importGraph, packageOf, type Import } from './helpers/import-graph.ts';

const root = path.join(import.meta.dirname, '..');
const tools = [
  'telemetry',
  'i18n',
  'breaker',
  'ipc',
  'redis',
  'db',
  'http',
  'discord',
  'cache',
  'upstream',
  'queue',
  'settings',
  'privacy',
];
/** `features` stands for its own files, beside the slices. */
const edge = ['config', ...tools, 'features', 'constants'];

/** What each folder of src may import besides itself and lib; the table of src/ARCHITECTURE.md. */
const table: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  config: ['constants'],
  telemetry: [],
  i18n: [],
  local: [],
  sandbox: [],
  breaker: ['telemetry'],
  ipc: ['telemetry', 'breaker', 'queue'],
  redis: ['telemetry'],
  db: ['telemetry', 'i18n'],
  http: ['telemetry'],
  discord: ['telemetry'],
  cache: ['telemetry', 'breaker', 'redis'],
  upstream: ['telemetry', 'breaker', 'cache', 'redis'],
  queue: ['telemetry', 'db'],
  settings: ['telemetry', 'cache', 'redis', 'db'],
  privacy: ['db', 'queue', 'settings'],
  features: [...tools, 'constants'],
  cluster: ['config', 'telemetry', 'ipc', 'redis', 'http', 'discord', 'constants'],
  shard: edge,
  jobs: edge,
  admin: ['config', 'ipc', 'breaker', 'queue'],
  demo: ['config', 'ipc', 'local', 'sandbox'],
  scaffold: [],
  dashboards: [],
  report: ['dashboards'],
};

/** The only folders of src that may name a package. */
const doors: Readonly<Record<string, readonly string[]>> = {
  postgres: ['db', 'local'],
  ioredis: ['redis'],
  'lru-cache': ['cache'],
  opossum: ['breaker'],
  'prom-client': ['telemetry'],
  pino: ['telemetry'],
  'pino-pretty': ['telemetry'],
  '@opentelemetry/api': ['telemetry'],
  '@opentelemetry/context-async-hooks': ['telemetry'],
  '@opentelemetry/exporter-trace-otlp-proto': ['telemetry'],
  '@opentelemetry/resources': ['telemetry'],
  '@opentelemetry/sdk-trace': ['telemetry'],
  'intl-messageformat': ['i18n'],
  'discord.js': ['cluster'],
  '@discordjs/ws': ['shard'],
  '@discordjs/core': ['discord'],
  '@discordjs/rest': ['discord'],
  '@grafana/grafana-foundation-sdk': ['dashboards'],
  '@prometheus-io/lezer-promql': ['dashboards'],
};

/** Where one feature may import another's door: importing feature → imported feature. */
const betweenFeatures: readonly string[] = [];

/** `src/shard/x.ts` → `shard`; `config/deadlines.ts` → `constants`; `grafana/source/jobs.ts` → `dashboards`. */
function folderOf(file: string): string {
  const [top = '', folder = ''] = file.split('/');
  return { config: 'constants', grafana: 'dashboards' }[top] ?? folder;
}

/** A starter wires the folders' files; whoever else stands outside features sees no slice. */
function allowed({ from, to }: Import): boolean {
  const [here, there] = [folderOf(from), folderOf(to)];
  if (there === 'lib') return true;
  if (here === 'bin') return there !== 'bin' ? sliceOf(to) === undefined : to === 'src/bin/require-node.js';
  if (here === there) return here !== 'features' || allowedBetweenFeatures(from, to);
  if (/\/rules\//.test(from)) return false;
  return sliceOf(to) === undefined && (table[here] ?? []).includes(there);
}

/** `src/features/info/ping.ts` → `info`; a file beside the slices, or in the `rules` beside them, belongs to all of them. */
function sliceOf(file: string): string | undefined {
  const [, folder, slice, ...rest] = file.split('/');
  return folder === 'features' && rest.length > 0 && slice !== 'rules' ? slice : undefined;
}

function allowedBetweenFeatures(from: string, to: string): boolean {
  const [here, there] = [sliceOf(from), sliceOf(to)];
  if (/\/rules\//.test(from)) return [path.dirname(from), 'src/features/rules'].includes(path.dirname(to));
  if (here === there || there === undefined) return true;
  if (here === undefined)
    return from === 'src/features/features.ts' && to === `src/features/${there}/${there}.ts`;
  return betweenFeatures.includes(`${here} → ${there}`) && to === `src/features/${there}/${there}.ts`;
}

describe('architecture', () => {
  let imports: Import[];
  before(async () => {
    imports = await importGraph(root, ['src', 'config', 'grafana/source']);
  });

  test('every folder imports only what the table allows', () => {
    const own = imports.filter(({ to }) => packageOf(to) === undefined && !to.startsWith('node:'));
    assert.ok(own.length > 50, `only ${own.length} imports found`);
    const wrong = own.filter((entry) => !allowed(entry)).map(({ from, to }) => `${from} → ${to}`);
    assert.deepEqual(wrong, []);
  });

  test('every folder of src is in the table', async () => {
    const folders: string[] = [];
    for await (const file of glob('src/*/', { cwd: root })) folders.push(path.basename(file));
    assert.deepEqual(
      folders.filter((folder) => folder !== 'bin' && !(folder in table)),
      [],
    );
  });

  test('each package is used behind its door only', () => {
    const wrong = imports.filter(({ from, to }) => {
      const folders = doors[packageOf(to) ?? ''];
      return folders !== undefined && !folders.includes(folderOf(from));
    });
    assert.deepEqual(
      wrong.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('rules and lib use no package and no I/O', () => {
    const pure = imports.filter(({ from }) => /\/rules\//.test(from) || from.startsWith('src/lib/'));
    const wrong = pure.filter(
      ({ to }) => packageOf(to) !== undefined || /^node:(fs|net|http|child_process|dns)/.test(to),
    );
    assert.deepEqual(wrong, []);
  });

  test('there is no cycle at run time', () => {
    assert.equal(findCycle(imports)?.join(' → '), undefined);
  });

  /** What a file leads to at run time. */
  function ledTo(file: string, seen = new Set<string>()): ReadonlySet<string> {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const entry of imports) if (entry.from === file && !entry.typeOnly) ledTo(entry.to, seen);
    return seen;
  }

  test('what runs in production names the packages of production alone', () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      dependencies: Readonly<Record<string, string>>;
    };
    const report = ledTo('src/bin/report.ts');
    const running = imports.filter(
      ({ from, typeOnly }) => !typeOnly && (report.has(from) || /^src\/(?!sandbox\/)/.test(from)),
    );
    const foreign = running.filter(({ to }) => {
      const name = packageOf(to);
      return name !== undefined && !(name in dependencies);
    });
    assert.deepEqual(
      foreign.map(({ from, to }) => `${from} → ${to}`),
      [],
    );
  });

  test('what a shard process loads does not lead to discord.js', () => {
    const seen = ledTo('src/bin/shard.ts');
    assert.ok(seen.has('@discordjs/ws'), 'the walk did not reach the gateway library');
    assert.deepEqual(
      [...seen].filter((name) => packageOf(name) === 'discord.js'),
      [],
    );
  });

  test('only src/config reads the environment', async () => {
    const readers: string[] = [];
    for await (const file of glob('src/**/*.{ts,js}', { cwd: root })) {
      if (/process\.env\b/.test(readFileSync(path.join(root, file), 'utf8')))
        readers.push(path.dirname(file));
    }
    assert.deepEqual([...new Set(readers)], ['src/config']);
  });

  test('there are no barrels', async () => {
    const barrels: string[] = [];
    for await (const file of glob('src/**/{index.ts,utils.ts}', { cwd: root })) barrels.push(file);
    assert.deepEqual(barrels, []);
  });
});
