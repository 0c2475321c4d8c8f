import { GatewayDispatchEvents, GatewayOpcodes, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { WebSocketManager, WebSocketShardEvents, type IIdentifyThrottler } from '@discordjs/ws';
import type { DiscordRest } from '../discord/discord.ts';
import type { ShardStatus } from '../ipc/messages.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { gatewayLatencySeconds, guildsServed } from '../telemetry/gateway.ts';
import type { Logger } from '../telemetry/log.ts';

/** Close codes after which Discord takes no reconnect (topics/opcodes-and-status-codes, "Gateway Close Event Codes"). */
const fatalCloses: ReadonlyMap<number, string> = new Map([
  [4004, 'the gateway refused DISCORD_TOKEN (4004); copy it again from the Developer Portal, Bot'],
  [4010, 'the gateway refused the shard id or count (4010); check SHARD_IDS and DISCORD_SHARDS'],
  [4011, 'the gateway wants more shards (4011); set DISCORD_SHARDS to auto'],
  [4012, 'the gateway does not speak this API version any more (4012); update Shoal'],
  [4013, 'the gateway refused the intents (4013); a feature declares one that does not exist'],
  [4014, 'the gateway refused a privileged intent (4014); switch it on in the Developer Portal, Bot'],
]);

interface Shard {
  state: ShardStatus['state'];
  readonly guilds: Set<string>;
  latencyMs: number | null;
  sequence: number | null;
  /** When our own first heartbeat went out, in ms since 1970. */
  beatSentAtMs: number;
}

/** The gateway connections of this process: one per shard, each with its guilds and its latency. */
export class Gateway {
  readonly #sockets: WebSocketManager;
  readonly #shards: ReadonlyMap<number, Shard>;
  readonly #log: Logger;
  readonly #onServing: (serving: boolean) => void;
  #serving = false;
  #stopping = false;
  readonly #failed: PromiseWithResolvers<never> = Promise.withResolvers();

  constructor(options: {
    readonly discord: DiscordRest;
    readonly token: string;
    readonly intents: number;
    readonly shardIds: readonly number[];
    readonly shardCount: number;
    readonly throttler: (maxConcurrency: number) => IIdentifyThrottler;
    readonly onDispatch: (payload: GatewayDispatchPayload, shardId: number) => void;
    /** Hears whether all shards of this process are ready, whenever that changes. */
    readonly onServing: (serving: boolean) => void;
    readonly log: Logger;
  }) {
    this.#log = options.log;
    this.#onServing = options.onServing;
    this.#failed.promise.catch(() => {});
    this.#shards = new Map(
      options.shardIds.map((id) => [
        id,
        { state: 'connecting', guilds: new Set(), latencyMs: null, sequence: null, beatSentAtMs: 0 },
      ]),
    );
    this.#sockets = new WebSocketManager({
      rest: options.discord.rest,
      token: options.token,
      intents: options.intents,
      shardIds: [...options.shardIds],
      shardCount: options.shardCount,
      buildIdentifyThrottler: async (manager) => {
        const { session_start_limit: limit } = await manager.fetchGatewayInformation();
        return options.throttler(limit.max_concurrency);
      },
    });
    this.#listen(options.onDispatch);
  }

  /** Rejects with a `Failure` once a shard was closed for good. */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /** Resolves when every shard is ready. Throws a `Failure` when Discord cannot be reached or refuses. */
  async connect(): Promise<void> {
    try {
      await Promise.race([this.#sockets.connect(), this.failed]);
    } catch (error) {
      if (error instanceof Failure) throw error;
      throw new Failure(`the gateway cannot be reached: ${errorText(error)}`, exitCodes.unavailable, {
        cause: error,
      });
    }
  }

  status(): ShardStatus[] {
    return [...this.#shards].map(([shardId, shard]) => ({
      shardId,
      state: shard.state,
      guilds: shard.guilds.size,
      gatewayLatencyMs: shard.latencyMs,
    }));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#sockets.destroy({ reason: 'Shutting down' });
  }

  #listen(onDispatch: (payload: GatewayDispatchPayload, shardId: number) => void): void {
    const sockets = this.#sockets;
    sockets.on(WebSocketShardEvents.Ready, (data, shardId) => {
      const shard = this.#shards.get(shardId);
      if (shard !== undefined) {
        shard.sequence = null;
        shard.guilds.clear();
        for (const guild of data.guilds) shard.guilds.add(guild.id);
      }
      this.#connected(shardId);
      this.#log.info({ shard: shardId, guilds: data.guilds.length }, 'shard is ready');
    });
    sockets.on(WebSocketShardEvents.Resumed, (shardId) => {
      this.#connected(shardId);
      this.#log.info({ shard: shardId }, 'shard has resumed');
    });
    sockets.on(WebSocketShardEvents.HeartbeatComplete, (beat, shardId) => this.#beatAnswered(shardId, beat));
    sockets.on(WebSocketShardEvents.Closed, (code, shardId) => this.#closed(code, shardId));
    sockets.on(WebSocketShardEvents.SocketError, (error, shardId) => {
      this.#log.debug({ shard: shardId, err: error }, 'gateway socket error');
    });
    // Closed tells us what Error does and with the code; without a listener the emitter would throw.
    sockets.on(WebSocketShardEvents.Error, () => {});
    sockets.on(WebSocketShardEvents.Dispatch, (payload, shardId) => {
      // Discord has sent events with null data; a stock client crashes on them.
      if (typeof payload.d !== 'object' || payload.d === null) return;
      const shard = this.#shards.get(shardId);
      if (shard !== undefined) shard.sequence = payload.s;
      this.#trackGuilds(payload, shardId);
      onDispatch(payload, shardId);
    });
  }

  #connected(shardId: number): void {
    this.#setState(shardId, 'ready');
    guildsServed.set(this.#guildCount());
    this.#beat(shardId);
  }

  /** A heartbeat of our own: the library's first comes up to 41 s later, and `/ping` is asked before. */
  #beat(shardId: number): void {
    const shard = this.#shards.get(shardId);
    if (shard === undefined) return;
    shard.beatSentAtMs = Date.now();
    Promise.resolve(this.#sockets.send(shardId, { op: GatewayOpcodes.Heartbeat, d: shard.sequence })).catch(
      (error: unknown) => {
        this.#log.debug({ shard: shardId, err: error }, 'the first heartbeat was not sent');
      },
    );
  }

  #beatAnswered(shardId: number, beat: { readonly ackAt: number; readonly heartbeatAt: number }): void {
    const shard = this.#shards.get(shardId);
    if (shard === undefined) return;
    shard.latencyMs = beat.ackAt - Math.max(beat.heartbeatAt, shard.beatSentAtMs);
    gatewayLatencySeconds.set(shard.latencyMs / 1000);
  }

  #closed(code: number, shardId: number): void {
    // Said once: until it is back the library tries twice a second.
    if (this.#shards.get(shardId)?.state !== 'disconnected') {
      this.#log[this.#stopping ? 'info' : 'warn']({ shard: shardId, code }, 'gateway connection closed');
    }
    this.#setState(shardId, 'disconnected');
    const reason = fatalCloses.get(code);
    if (reason !== undefined) this.#failed.reject(new Failure(reason, exitCodes.config));
  }

  #trackGuilds(payload: GatewayDispatchPayload, shardId: number): void {
    const guilds = this.#shards.get(shardId)?.guilds;
    if (payload.t === GatewayDispatchEvents.GuildCreate) guilds?.add(payload.d.id);
    // An outage (unavailable) is not a removal.
    else if (payload.t === GatewayDispatchEvents.GuildDelete && payload.d.unavailable !== true)
      guilds?.delete(payload.d.id);
    else return;
    guildsServed.set(this.#guildCount());
  }

  #guildCount(): number {
    return [...this.#shards.values()].reduce((sum, shard) => sum + shard.guilds.size, 0);
  }

  #setState(shardId: number, state: ShardStatus['state']): void {
    const shard = this.#shards.get(shardId);
    if (shard !== undefined) shard.state = state;
    const serving = [...this.#shards.values()].every((each) => each.state === 'ready');
    if (serving === this.#serving) return;
    this.#serving = serving;
    this.#onServing(serving);
  }
}
