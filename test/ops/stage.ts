import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { Child, type Environment } from '../../src/demo/child.ts';
import { freePort } from '../../src/local/free-port.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { startManager, type ManagerProcess } from '../helpers/manager.ts';
import { root } from '../helpers/processes.ts';
import type { TestServers } from '../helpers/servers.ts';
import { StreamingReplica } from '../helpers/streaming-replica.ts';
import { serviceArguments, serviceVariables } from './debian-services.ts';
import { run, type Running } from './running.ts';

interface TargetGroup {
  readonly targets: readonly string[];
  readonly labels: { readonly job: string; readonly role?: 'cache' | 'state' };
}

/** Prometheus, what it watches, and the addresses of that as the bot's variables. */
export interface WatchedBot extends Running {
  readonly env: Environment;
  readonly world: Surroundings;
  /** Of PostgreSQL, which the bot reads. */
  readonly replica: StreamingReplica;
  readonly manager: ManagerProcess;
  readonly jobs: Child;
  /** Of Alertmanager. */
  readonly alertmanagerUrl: string;
  /** Holds the files of Prometheus and Alertmanager as they are here; node exporter reads `*.prom` in it. */
  readonly folder: string;
  /** Where what listens on a port by the files that ship listens here. Throws for a port that they do not have. */
  readonly portFor: (shipped: string) => string;
}

/** What a test has otherwise than production. */
export interface Watching {
  /** More variables of the bot. */
  readonly env?: Environment;
  /** How often Prometheus scrapes and evaluates; default: once a second. */
  readonly everySec?: number;
  /** Changes the copies of `prometheus/` and `alertmanager/` in a folder before they are read. */
  readonly adapt?: (folder: string) => Promise<void>;
  /** More arguments of Prometheus. */
  readonly args?: readonly string[];
}

/**
 * A manager with two shards, jobs, a replica of PostgreSQL, the exporters and Alertmanager, and Prometheus with the files that ship, as
 * docs/runbook.md starts them.
 */
export async function watchedBot(watching: Watching = {}): Promise<WatchedBot> {
  const { env: more, everySec = 1, adapt, args = [] } = watching;
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-ops-'));
  opened.defer(() => rm(folder, { recursive: true }));
  for (const part of ['prometheus', 'alertmanager'])
    await cp(path.join(root, part), path.join(folder, part), { recursive: true });
  const targets = await readFile(path.join(folder, 'prometheus/targets/scrape.yml'), 'utf8');
  await adapt?.(folder);
  const world = opened.use(await surroundings({ shards: 2 }));
  const replica = opened.use(await StreamingReplica.of(world.servers));
  const replicated = {
    ...world.env,
    READ_REPLICA_POSTGRES_URL: replica.urlOf(world.servers.postgresUrl),
    ...more,
  };
  await new Child('deploy-commands', [], replicated).done();
  // Not earlier: until they are listened on, another may take them.
  const ports = { manager: await freePort(), jobs: await freePort(), pgbouncer: await freePort() };
  const env = {
    ...replicated,
    METRICS_PORT: String(ports.manager),
    JOBS_METRICS_PORT: String(ports.jobs),
    PGBOUNCER_EXPORTER_PORT: String(ports.pgbouncer),
  };
  const manager = opened.use(startManager(env));
  const jobs = opened.use(new Child('jobs', [], env));
  const pooler = opened.use(new Child('pgbouncer-exporter', [], env));
  const exporters = await startExporters(world.servers, folder, opened);
  await Promise.all([manager.ready, jobs.message('ready'), pooler.message('ready')]);
  for (const guild of await world.sandbox.guilds())
    await world.sandbox.runCommand({ guildId: guild.id, command: 'ping' });
  const prometheus = opened.use(
    await run(
      'prometheus',
      '/-/ready',
      async (port) => {
        await pointAt({ ...ports, ...exporters, prometheus: port }, world.servers, folder, everySec);
        return [
          ...serviceArguments('prometheus', { port, folder }),
          `--storage.tsdb.path=${folder}/data`,
          ...args,
        ];
      },
      { GRAFANA_URL: 'https://grafana.example.org', RUNBOOK_URL: 'https://git.example.org/runbook.md' },
    ),
  );
  const kept = opened.move();
  const here = { ...ports, ...exporters, prometheus: prometheus.port };
  const portFor = (shipped: string) => {
    const job = new RegExp(`:${shipped}'[^]*?job: (\\w+)`).exec(targets)?.[1];
    const port = here[job as keyof typeof here];
    if (port === undefined) throw new Error(`prometheus/targets has no port ${shipped}`);
    return String(port);
  };
  return {
    ...prometheus,
    env,
    world,
    replica,
    manager,
    jobs,
    folder,
    portFor,
    alertmanagerUrl: `http://127.0.0.1:${exporters['alertmanager']}`,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function startExporters(
  servers: TestServers,
  folder: string,
  opened: AsyncDisposableStack,
): Promise<Readonly<Record<string, number>>> {
  const passwords = path.join(folder, 'redis-passwords.json');
  const urls = [servers.redisUrl, servers.redisStateUrl].map((url) => new URL(url));
  await writeFile(
    passwords,
    JSON.stringify(Object.fromEntries(urls.map(({ host, password }) => [`redis://${host}`, password]))),
  );
  const postgres = serviceVariables('prometheus-postgres-exporter');
  const started = await Promise.all([
    run('redisExporter', '/', (port) => serviceArguments('prometheus-redis-exporter', { port, folder })),
    run(
      'postgresExporter',
      '/',
      (port) => serviceArguments('prometheus-postgres-exporter', { port, folder }),
      { DATA_SOURCE_NAME: `${servers.directUrl}${new URL(postgres['DATA_SOURCE_NAME'] ?? '').search}` },
    ),
    run('nodeExporter', '/', (port) => serviceArguments('prometheus-node-exporter', { port, folder })),
    run('alertmanager', '/-/ready', (port) => [
      ...serviceArguments('prometheus-alertmanager', { port, folder }),
      `--storage.path=${folder}/alertmanager-data`,
    ]),
  ]);
  for (const each of started) opened.use(each);
  const names = ['redis', 'postgres', 'node', 'alertmanager'];
  return Object.fromEntries(started.map(({ port }, index) => [names[index], port])) as Readonly<
    Record<string, number>
  >;
}

/** The targets that ship, at the addresses that the processes have here. */
async function pointAt(
  ports: Readonly<Record<string, number>>,
  servers: TestServers,
  folder: string,
  everySec: number,
): Promise<void> {
  const inside = path.join(folder, 'prometheus');
  const groups = parse(await readFile(`${inside}/targets/scrape.yml`, 'utf8')) as readonly TargetGroup[];
  const roles = { cache: servers.redisUrl, state: servers.redisStateUrl };
  const here = groups.map(({ labels }) => ({
    targets: [`127.0.0.1:${ports[labels.job]}`],
    labels: {
      ...labels,
      ...(labels.role && { __param_target: `redis://${new URL(roles[labels.role]).host}` }),
    },
  }));
  await writeFile(`${inside}/targets/scrape.yml`, stringify(here));
  await writeFile(
    `${inside}/targets/alertmanager.yml`,
    stringify([{ targets: [`127.0.0.1:${ports['alertmanager']}`] }]),
  );
  const config = await readFile(`${inside}/prometheus.yml`, 'utf8');
  await writeFile(
    `${inside}/prometheus.yml`,
    config.replaceAll(/(interval|timeout): \d+s/g, `$1: ${everySec}s`),
  );
}
