import { sandboxClient, type GuildSight, type SandboxClient } from '../../src/sandbox/client.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';
import { assertFramesFaithful, noteMadeUp, recordFrames } from '../helpers/gateway-schema/frame-record.ts';
import { openapiJudge } from '../helpers/openapi/openapi.ts';
import { startRecordingProxy } from '../helpers/openapi/recording-proxy.ts';
import { assertFaithful } from '../helpers/openapi/verdict.ts';

export type Arena = AsyncDisposable & {
  readonly sandbox: Sandbox;
  readonly client: SandboxClient;
  readonly guild: GuildSight;
};

/**
 * A sandbox for one test, its control client, and its first guild. When the test is over, what its gateway sent is
 * judged by discord-api-types, and what went over its REST API by Discord's description, where there is one.
 */
export async function startArena(options: SandboxOptions = {}): Promise<Arena> {
  const record = recordFrames();
  const sandbox = await startSandbox(options);
  const { client, madeUp } = noteMadeUp(sandboxClient(sandbox.controlUrl));
  const [guild] = await client.guilds({ limit: 1 });
  if (!guild) throw new Error('a sandbox without a guild');
  const judge = openapiJudge();
  const proxy = judge && (await startRecordingProxy(sandbox.restUrl));
  return {
    sandbox: { ...sandbox, restUrl: proxy?.url ?? sandbox.restUrl },
    client,
    guild,
    [Symbol.asyncDispose]: async () => {
      await proxy?.stop();
      await sandbox.stop();
      record[Symbol.dispose]();
      assertFramesFaithful(record.frames, madeUp);
      if (judge && proxy) await assertFaithful(judge, proxy.exchanges);
    },
  };
}

export function memberOf(guild: GuildSight, kind: GuildSight['members'][number]['kind']): string {
  const member = guild.members.find((each) => each.kind === kind);
  if (!member) throw new Error(`no ${kind} in ${guild.name}`);
  return member.id;
}
