import { Child, type Environment } from '../../src/demo/child.ts';
import { sandboxClient, type SandboxClient } from '../../src/sandbox/client.ts';
import { openapiJudge } from './openapi/openapi.ts';
import { startRecordingProxy } from './openapi/recording-proxy.ts';
import { assertFaithful, assertWellSpoken } from './openapi/verdict.ts';
import { testServers, type TestServers } from './servers.ts';

/**
 * Servers and a sandbox, both ready for a bot, as real processes. What the bot and the sandbox said to each other over
 * REST is judged by Discord's description when it is disposed of, where there is one.
 */
export interface Surroundings extends AsyncDisposable {
  readonly servers: TestServers;
  readonly sandbox: SandboxClient;
  /** What Shoal's processes read; the database is migrated. */
  readonly env: Environment & {
    readonly ADMIN_SOCKET: string;
    readonly DISCORD_API_URL: string;
    readonly DISCORD_TOKEN: string;
  };
}

let sockets = 0;

export async function surroundings(options: { readonly shards: number }): Promise<Surroundings> {
  await using opened = new AsyncDisposableStack();
  const { PATH, HOME } = process.env;
  const shards = String(options.shards);
  const servers = opened.use(await testServers());
  const args = [
    '--json',
    '--shards',
    shards,
    '--max-concurrency',
    shards,
    '--guilds',
    String(options.shards * 4),
  ];
  const sandbox = opened.use(new Child('sandbox', args, { PATH }));
  const discord = JSON.parse(await sandbox.firstLine()) as {
    restUrl: string;
    controlUrl: string;
    token: string;
  };
  const judge = openapiJudge();
  const proxy = judge && (await startRecordingProxy(discord.restUrl));
  if (proxy) opened.defer(() => proxy.stop());
  const env = {
    PATH,
    HOME,
    NODE_ENV: 'test',
    ...servers.env,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: proxy?.url ?? discord.restUrl,
    DISCORD_SHARDS: shards,
    METRICS_PORT: '0',
    ADMIN_SOCKET: `/tmp/shoal-test-${process.pid}-${sockets++}.sock`,
  };
  await new Child('migrate', [], env).done();
  const kept = opened.move();
  return {
    servers,
    sandbox: sandboxClient(discord.controlUrl),
    env,
    [Symbol.asyncDispose]: async () => {
      await kept.disposeAsync();
      if (!judge || !proxy) return;
      await assertFaithful(judge, proxy.exchanges);
      await assertWellSpoken(judge, proxy.exchanges);
    },
  };
}
