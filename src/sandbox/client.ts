import type {
  GuildSight,
  InteractionSight,
  LoadReport,
  LoadRequest,
  OptionValue,
  RunCommandRequest,
  SessionsSight,
} from './control/contract.ts';

export type {
  GuildSight,
  InteractionSight,
  LoadReport,
  MessageSight,
  SessionsSight,
} from './control/contract.ts';

export type RunCommand = {
  readonly guildId: string;
  /** Default: the guild's ordinary member. */
  readonly userId?: string;
  /** Default: the guild's first channel. */
  readonly channelId?: string;
  /** Delivers it to this shard instead of the guild's own, as happens while a bot changes its shard count. */
  readonly shardId?: number;
  /** Name, group and subcommand, separated by spaces: `settings set`. */
  readonly command: string;
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** Sends what Discord's own client would not: hidden or unknown commands, options of the wrong kind. */
  readonly force?: boolean;
  /** How long to wait for the edit of a deferred answer, in milliseconds (default 15,000). */
  readonly waitMs?: number;
};

/**
 * The sandbox's control API, for the demo and for tests. Every method throws an `Error` with the sandbox's own words
 * when it refuses, for instance a command that Discord's client would not have let the member run.
 */
export type SandboxClient = {
  /** The oldest guilds first; `limit` is at most 1,000 (default 100). */
  guilds(page?: { readonly limit?: number; readonly after?: string }): Promise<readonly GuildSight[]>;
  /** Runs a slash command as a member and resolves with what they see once it is answered, failed, or `waitMs` passed. */
  runCommand(run: RunCommand): Promise<InteractionSight>;
  /** What the member sees by now of an interaction, with follow-ups that came after its answer. */
  interaction(id: string): Promise<InteractionSight>;
  /** Members run a command at a steady rate, whatever becomes of it; resolves once every interaction was answered or failed. */
  load(load: LoadRequest): Promise<LoadReport>;
  sessions(): Promise<SessionsSight>;
  /**
   * Sends any event to the sessions of the guild's shard, as far as their intents allow it; resolves with the ids of
   * them all. A guild of `null` is a direct message: shard 0.
   */
  dispatch(guildId: string | null, event: string, data: unknown): Promise<readonly string[]>;
  /** Drops every gateway socket without a close frame; resolves with their number. */
  dropConnections(): Promise<number>;
  /** Asks every client that has a session to reconnect (op 7); resolves with their number. */
  reconnect(): Promise<number>;
  /** Op 9 to every client that has a session; resolves with their number. Sessions that are not resumable end. */
  invalidateSessions(options: { readonly resumable: boolean }): Promise<number>;
  /** Sessions end with 4004 and the token is refused from now on; with `gatewayOnly` REST goes on accepting it. */
  revokeToken(options?: { readonly gatewayOnly?: boolean }): Promise<void>;
  /** Makes every REST request wait; 0 ends it. */
  delayRest(ms: number): Promise<void>;
};

export function sandboxClient(controlUrl: string): SandboxClient {
  const get = <T>(path: string) => request<T>(controlUrl, 'GET', path);
  const post = <T>(path: string, body: object) => request<T>(controlUrl, 'POST', path, body);
  return {
    guilds: ({ limit = 100, after } = {}) =>
      get(`/guilds?limit=${limit}${after === undefined ? '' : `&after=${encodeURIComponent(after)}`}`),
    runCommand: (run) => post('/commands', runCommandRequest(run)),
    load: (load) => post('/load', load),
    interaction: (id) => get(`/interactions/${id}`),
    sessions: () => get('/sessions'),
    dispatch: async (guildId, event, data) => {
      const sent = await post<{ sessionIds: string[] }>('/dispatch', { guild_id: guildId, event, data });
      return sent.sessionIds;
    },
    dropConnections: async () => (await post<{ dropped: number }>('/drop-connections', {})).dropped,
    reconnect: async () => (await post<{ asked: number }>('/reconnect', {})).asked,
    invalidateSessions: async (options) =>
      (await post<{ invalidated: number }>('/invalidate-sessions', options)).invalidated,
    revokeToken: async ({ gatewayOnly = false } = {}) => {
      await post('/revoke-token', { gateway_only: gatewayOnly });
    },
    delayRest: async (ms) => {
      await post('/delay-rest', { ms });
    },
  };
}

function runCommandRequest(run: RunCommand): RunCommandRequest {
  return {
    guild_id: run.guildId,
    user_id: run.userId,
    channel_id: run.channelId,
    shard_id: run.shardId,
    command: run.command,
    options: run.options && { ...run.options },
    force: run.force,
    wait_ms: run.waitMs,
  };
}

async function request<T>(controlUrl: string, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${controlUrl}${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const answer = (await response.json()) as T | { error: string };
  if (response.ok) return answer as T;
  throw new Error(`sandbox: ${(answer as { error: string }).error}`);
}
