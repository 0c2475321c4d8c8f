import { sandboxClient, type GuildSight, type SandboxClient } from '../../src/sandbox/client.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { openapiJudge } from '../helpers/openapi/openapi.ts';
import { startRecordingProxy } from '../helpers/openapi/recording-proxy.ts';
import { assertFaithful } from '../helpers/openapi/verdict.ts';

export type Arena = AsyncDisposable & {
  readonly sandbox: Sandbox;
  readonly client: SandboxClient;
  readonly guild: GuildSight;
};

/**
 * A sandbox for one test, its control client, and its first guild. What went over its REST API is judged by Discord's
 * description when the test is over, where there is one.
 */
export async function startArena(options: SandboxOptions = {}): Promise<Arena> {
  const sandbox = await startSandbox(options);
  const client = sandboxClient(sandbox.controlUrl);
  const [guild] = await client.guilds({ limit: 1 });
  if (!guild) throw new Error('a sandbox without a guild');
  const judge = openapiJudge();
  if (!judge) return { sandbox, client, guild, [Symbol.asyncDispose]: () => sandbox.stop() };
  const proxy = await startRecordingProxy(sandbox.restUrl);
  return {
    sandbox: { ...sandbox, restUrl: proxy.url },
    client,
    guild,
    [Symbol.asyncDispose]: async () => {
      await proxy.stop();
      await sandbox.stop();
      await assertFaithful(judge, proxy.exchanges);
    },
  };
}

export function memberOf(guild: GuildSight, kind: GuildSight['members'][number]['kind']): string {
  const member = guild.members.find((each) => each.kind === kind);
  if (!member) throw new Error(`no ${kind} in ${guild.name}`);
  return member.id;
}
