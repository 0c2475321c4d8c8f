import { sandboxClient, type GuildSight, type SandboxClient } from '../../src/sandbox/client.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.ts';

export type Arena = AsyncDisposable & {
  readonly sandbox: Sandbox;
  readonly client: SandboxClient;
  readonly guild: GuildSight;
};

/** A sandbox for one test, its control client, and its first guild. */
export async function startArena(options: SandboxOptions = {}): Promise<Arena> {
  const sandbox = await startSandbox(options);
  const client = sandboxClient(sandbox.controlUrl);
  const [guild] = await client.guilds({ limit: 1 });
  if (!guild) throw new Error('a sandbox without a guild');
  return { sandbox, client, guild, [Symbol.asyncDispose]: () => sandbox.stop() };
}

export function memberOf(guild: GuildSight, kind: GuildSight['members'][number]['kind']): string {
  const member = guild.members.find((each) => each.kind === kind);
  if (!member) throw new Error(`no ${kind} in ${guild.name}`);
  return member.id;
}
