import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fetchAdminStatus } from '../ipc/admin-client.ts';
import type { AdminStatus } from '../ipc/messages.ts';
import { aborted } from '../lib/aborted.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { tableLines } from '../lib/table-lines.ts';
import { startLocalServers, type LocalPart, type LocalServers } from '../local/local.ts';
import { sandboxClient, type InteractionSight, type SandboxClient } from '../sandbox/client.ts';
import { chatLines, usableIn } from './chat.ts';
import { Child, type Environment } from './child.ts';
import { ordinaryDays } from './ordinary-days.ts';
import { scenes, type Press, type Scene } from './scenes.ts';
import { upstreamEnvironment } from './upstream-environment.ts';

export interface DemoOptions {
  readonly shards: number;
  readonly guilds: number;
  /** Checks what the members see, and ends. */
  readonly smoke: boolean;
  /** Nobody does anything of their own accord afterwards. */
  readonly quiet: boolean;
  readonly environment: Environment;
  readonly stop: AbortSignal;
  readonly print: (line: string) => void;
}

/** What `bin/sandbox --json` prints. */
interface SandboxAddresses {
  readonly restUrl: string;
  readonly gatewayUrl: string;
  readonly controlUrl: string;
  readonly pageUrl: string;
  readonly upstreamUrl: string;
  readonly token: string;
}

/**
 * A whole bot on one machine with no account: servers, sandbox, migrations, commands, manager and shards; then members who use it.
 * Stays up until `stop`. Throws a `Failure` when a part does not come up or dies; exit 1 when a member saw something wrong.
 */
export async function runDemo(options: DemoOptions): Promise<ExitCode | 1> {
  await using parts = new AsyncDisposableStack();
  const demo = play(options, parts);
  const stopped = aborted(options.stop).then(() => 'stopped' as const);
  const outcome = await Promise.race([demo, stopped]);
  if (outcome !== 'stopped') return outcome;
  options.print('\nStopping…');
  await parts.disposeAsync();
  // What was still coming up ends with an error of its own; nobody needs it now.
  await demo.catch(() => {});
  return exitCodes.ok;
}

async function play(options: DemoOptions, parts: AsyncDisposableStack): Promise<ExitCode | 1> {
  const { print, shards, guilds, stop } = options;
  if (guilds < shards) {
    throw new Failure(
      `--guilds ${guilds} is too few for --shards ${shards}: every shard needs one`,
      exitCodes.usage,
    );
  }
  const startedMs = performance.now();
  print('Shoal demo: a whole bot on this machine, with no Discord account\n');
  const servers = parts.adopt(
    await startLocalServers({
      environment: options.environment,
      signal: stop,
      onProgress: (line) => print(`  ${line}`),
    }),
    (open) => open.stop(),
  );
  for (const { name, address, pid } of servers.parts) {
    if (pid === undefined) print(`  ${name}: using yours at ${address}, as the environment says`);
  }
  const sandboxArgs = ['--json', '--guilds', String(guilds), '--shards', String(shards)];
  const sandbox = parts.use(
    new Child('sandbox', [...sandboxArgs, '--max-concurrency', String(shards)], options.environment),
  );
  const discord = JSON.parse(await sandbox.firstLine()) as SandboxAddresses;
  print(`  sandbox on ${discord.restUrl}`);
  const environment = botEnvironment(options, servers, discord);
  await parts.use(new Child('migrate', [], environment)).done();
  await parts.use(new Child('deploy-commands', [], environment)).done();
  print('  database migrated, commands published');
  // A manager that is killed leaves its socket.
  parts.defer(() => {
    rmSync(environment.ADMIN_SOCKET, { force: true });
    rmSync(environment.WRITE_QUEUE_DIR, { recursive: true, force: true });
  });
  const manager = parts.use(new Child('manager', [], environment));
  const jobs = parts.use(new Child('jobs', [], environment));
  await Promise.all([manager.message('ready'), jobs.message('ready')]);
  print(`  ${shards} shards ready\n\nUp after ${((performance.now() - startedMs) / 1000).toFixed(1)} s:\n`);
  const status = await fetchAdminStatus(environment.ADMIN_SOCKET);
  for (const line of tableLines(tableRows(servers.parts, discord, sandbox, await jobsRow(jobs), status)))
    print(`  ${line}`);
  const members = sandboxClient(discord.controlUrl);
  const wrong = await playScenes(members, shards, print);
  if (options.smoke) return wrong === 0 ? exitCodes.ok : 1;
  print('\nIt stays up until Ctrl-C. Come in and play:');
  print(`\nPlayground: ${discord.pageUrl}`);
  // The page and the metrics live by it; what ends it ends the demo, or was wanted.
  if (!options.quiet) void ordinaryDays(members, guilds, stop).catch(() => {});
  throw await Promise.race([
    manager.ended,
    jobs.ended,
    sandbox.ended,
    servers.ended.then(() => new Failure('a server ended by itself')),
  ]);
}

function botEnvironment(
  options: DemoOptions,
  { env: servers, directory }: LocalServers,
  discord: SandboxAddresses,
) {
  const own = path.join(tmpdir(), `shoal-demo-${process.pid}`);
  return {
    ...options.environment,
    ...servers,
    REDIS_CLUSTER_NODES: '',
    REDIS_STATE_CLUSTER_NODES: '',
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.restUrl,
    ...upstreamEnvironment(discord.upstreamUrl),
    DISCORD_SHARDS: String(options.shards),
    SHARD_IDS: '',
    NODE_ENV: 'development',
    LOG_LEVEL: 'info',
    METRICS_PORT: '0',
    JOBS_METRICS_PORT: '0',
    ADMIN_SOCKET: `${own}.sock`,
    // Short where it can be: it holds unix sockets, and a path for temporary files is long on some systems.
    WRITE_QUEUE_DIR: directory === undefined ? `${own}-queue` : path.join(directory, 'queue'),
  };
}

/** Its first log line says where it serves its metrics. */
async function jobsRow(jobs: Child): Promise<readonly string[]> {
  const { metricsUrl = '' } = JSON.parse(await jobs.firstLine()) as { readonly metricsUrl?: string };
  return ['jobs', metricsUrl, String(jobs.pid)];
}

function tableRows(
  servers: readonly LocalPart[],
  discord: SandboxAddresses,
  sandbox: Child,
  jobsRow: readonly string[],
  status: AdminStatus,
) {
  const { manager, cluster } = status;
  const shards = cluster.processes.flatMap(({ pid, version, shards }) =>
    shards.map((shard) => [`shard ${shard.shardId}`, discord.gatewayUrl, String(pid), version]),
  );
  return [
    ['part', 'address', 'pid', 'version'],
    ...servers.map(({ name, address, pid, version }) => [name, address, String(pid ?? 'given'), version]),
    ['sandbox', discord.restUrl, String(sandbox.pid), manager.version],
    ['manager', manager.metricsUrl, String(manager.pid), manager.version],
    [...jobsRow, manager.version],
    ...shards,
  ];
}

/** Prints each scene like a chat; returns how many showed something else than they should. */
async function playScenes(
  sandbox: SandboxClient,
  shards: number,
  print: (line: string) => void,
): Promise<number> {
  let wrong = 0;
  for (const scene of scenes(await sandbox.guilds(), shards)) {
    const seen = await sandbox.runCommand(scene.run);
    print(`\n  ${scene.guild.name}, #${scene.guild.channels[0]?.name} (shard ${seen.shardId})`);
    print(`    ${scene.member}: ${scene.typed}`);
    wrong += show(seen, scene, print);
    if (scene.press === undefined) continue;
    const { label, values } = scene.press;
    print(
      `    ${scene.member} ${values === undefined ? 'presses' : `chooses ${values.join(', ')} in`} “${label}”`,
    );
    wrong += show(
      await use(sandbox, seen, scene.press, scene.run.userId),
      { ...scene, ...scene.press },
      print,
    );
  }
  return wrong;
}

/** Prints what the member sees; 1 where it is something else than it should be. */
function show(seen: InteractionSight, scene: Scene, print: (line: string) => void): 0 | 1 {
  const lines = chatLines(seen);
  for (const line of lines) print(`    Shoal: ${line}`);
  const missing = missingIn(scene, seen.shardId, lines);
  if (missing !== undefined) print(`    ✘ ${missing}`);
  return missing === undefined ? 0 : 1;
}

function use(
  sandbox: SandboxClient,
  seen: InteractionSight,
  press: Press,
  userId = '',
): Promise<InteractionSight> {
  const { label, values = [] } = press;
  const part = usableIn(seen).find((each) => ('label' in each ? each.label : each.placeholder) === label);
  if (part === undefined || seen.message === null)
    throw new Error(`the answer has nothing that is called ${label}`);
  const { channelId, message } = seen;
  return sandbox.useComponent({ channelId, messageId: message.id, userId, customId: part.custom_id, values });
}

function missingIn(scene: Scene, shardId: number | null, lines: readonly string[]): string | undefined {
  if (shardId !== scene.guild.shardId) return `served by shard ${shardId}, not ${scene.guild.shardId}`;
  const pattern = scene.expected.find((expected) => !expected.test(lines.join('\n')));
  return pattern === undefined ? undefined : `the answer lacks ${String(pattern)}`;
}
