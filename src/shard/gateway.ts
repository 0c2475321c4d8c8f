import { APIVersion, GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord-api-types/v10';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { IdentifySlots } from '../redis/identify-slots.ts';
import type { API } from '../discord/discord.ts';
import type { ShardStatus } from '../ipc/messages.ts';
import { processIdentity } from '../ipc/process-identity.ts';
import { backoffMs } from '../lib/backoff.ts';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import type { Redis } from '../redis/redis.ts';
import { SessionStore } from '../redis/session-store.ts';
import { ShardLease } from '../redis/shard-lease.ts';
import {
  IDENTIFY_ASK_AGAIN_MS,
  RECONNECT_MAX_MS,
  SESSION_KEPT_MS,
  SHARD_LEASE_MS,
} from '../../config/sessions.ts';
import { guildsServed } from '../telemetry/gateway.ts';
import type { Logger } from '../telemetry/log.ts';
import {
  gatewayClosesTotal,
  gatewaySessionStartSeconds,
  gatewayWatchdogTotal,
} from '../telemetry/sessions.ts';
import { closeLabel, fatalCloses } from './close-codes.ts';
import { GatewayAddress } from './gateway-address.ts';
import { GatewayProbe } from './gateway-probe.ts';
import { identifyThrottler } from './identify-throttler.ts';
import { Ownership } from './ownership.ts';
import { SessionMemory } from './session-memory.ts';
import { leave, statusOf, type ServedShard } from './served-shard.ts';
import { ShardConnection } from './shard-connection.ts';

export interface EventOrigin {
  readonly shardId: number;
  /** Sent again after a RESUME: it may be of any age. */
  readonly replayed: boolean;
}

export interface GatewayOptions {
  readonly api: API;
  readonly token: string;
  /** What stands for the token in Redis. */
  readonly tokenHash: string;
  readonly intents: number;
  readonly shardIds: readonly number[];
  readonly shardCount: number;
  /** The Redis that never evicts: sessions, leases. */
  readonly state: Redis;
  readonly slots: IdentifySlots;
  /** The promise, where there is one, tells when the event is dealt with. */
  readonly onDispatch: (payload: GatewayDispatchPayload, from: EventOrigin) => Promise<void> | undefined;
  /** Hears which shards of this process are ready, whenever that changes. */
  readonly onServing: (shardIds: readonly number[]) => void;
  readonly log: Logger;
}

/** The gateway connections of this process: one per shard, each owned by it alone, with a session that outlives the process. */
export class Gateway {
  readonly #options: GatewayOptions;
  readonly #address: GatewayAddress;
  readonly #shards: ReadonlyMap<number, ServedShard>;
  readonly #probe: GatewayProbe;
  #stopping = false;
  readonly #failed: PromiseWithResolvers<never> = Promise.withResolvers();

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#failed.promise.catch(() => {});
    this.#address = new GatewayAddress(options.api, options.log);
    this.#shards = new Map(options.shardIds.map((id) => [id, this.#makeShard(id)]));
    this.#probe = new GatewayProbe({
      shards: this.#shards,
      log: options.log,
      onDeaf: (shardId, shard) => this.#reconnect(shardId, shard),
    });
  }

  /**
   * Rejects with a `Failure` once a shard was closed for good, or another process has taken it over: a refused token or intent, and a
   * pause, concern all shards of the process.
   */
  get failed(): Promise<never> {
    return this.#failed.promise;
  }

  /**
   * Resolves when every shard is ready. Throws a `Failure` when another process goes on serving it, or when Discord or Redis
   * cannot be reached or refuses; but a shard that has owned neighbours in this process is tried again instead. Each shard starts
   * by itself: one that waits holds up none of the others.
   */
  async connect(signal: AbortSignal): Promise<void> {
    this.#probe.start();
    const starts = [...this.#shards.values()].map((shard) => this.#startUntilReady(shard, signal));
    await Promise.race([Promise.all(starts), this.failed]);
  }

  status(): ShardStatus[] {
    return [...this.#shards].map(([shardId, shard]) => statusOf(shardId, shard));
  }

  /** Whether every connection is open and brings nothing, not even the answer to a heartbeat. */
  get deaf(): boolean {
    return this.#probe.deaf;
  }

  /** Whether another process has taken a shard over: what came by it is not for this one to finish. */
  get isTakenOver(): boolean {
    return [...this.#shards.values()].some(({ ownership }) => ownership.lost);
  }

  /** Of all shards of this process. */
  get guildIds(): readonly string[] {
    return [...this.#shards.values()].flatMap(({ memory }) => [...memory.guilds]);
  }

  ownership(shardId: number): Ownership {
    return this.#shard(shardId).ownership;
  }

  /**
   * Takes no more events and leaves everything to a successor: it resumes the sessions and finds the leases free.
   * What came until now is for this process to finish. Resolves with the close frames, which a frozen gateway never sends.
   */
  async handOver(): Promise<void> {
    this.#stopping = true;
    const shards = [...this.#shards.values()];
    const closed = Promise.all(shards.map(({ connection }) => connection.handOver()));
    // What had been read from the sockets is dispatched before the next turn; the sequence stands still after it.
    await nextTurn();
    await Promise.all(shards.map(leave));
    await closed;
  }

  #makeShard(shardId: number): ServedShard {
    const { tokenHash, shardCount, state: redis, log: processLog } = this.#options;
    const log = processLog.child({ shard: shardId });
    const place = { tokenHash, shardCount, shardId };
    const ownership = new Ownership({
      lease: new ShardLease({ redis, place, owner: processIdentity, leaseMs: SHARD_LEASE_MS }),
      log,
      onLost: (failure) => this.#lost(failure),
    });
    const store = new SessionStore(redis, SESSION_KEPT_MS);
    const memory = new SessionMemory({ store, place, ownership, log });
    return {
      state: 'connecting',
      latencyMs: null,
      beatSentAtMs: 0,
      heard: false,
      unanswered: 0,
      lastCloseCode: null,
      failure: undefined,
      ownership,
      memory,
      connection: this.#makeConnection(shardId, ownership, memory),
    };
  }

  #makeConnection(shardId: number, ownership: Ownership, memory: SessionMemory): ShardConnection {
    const [options, address] = [this.#options, this.#address];
    const { shardCount, slots } = options;
    return new ShardConnection({
      shardId,
      shardCount,
      token: options.token,
      intents: options.intents,
      address,
      throttler: identifyThrottler({
        maxConcurrency: () => address.known.session_start_limit.max_concurrency,
        reserve: (bucket) => slots.reserve(bucket),
        identifyLeft: (signal) => address.identifyLeft(signal),
        askAgainMs: IDENTIFY_ASK_AGAIN_MS,
      }),
      ownership,
      memory,
      log: options.log.child({ shard: shardId }),
      onDispatch: (payload, replayed) => this.#dispatched(payload, { shardId, replayed }),
      onConnected: () => this.#connected(shardId),
      onClosed: (code) => this.#closed(code, shardId),
      onBeat: (beat) => this.#probe.answered(shardId, this.#shard(shardId), beat),
    });
  }

  /** What ends a process that has this shard alone must not end the others of a shared one. */
  async #startUntilReady(shard: ServedShard, signal: AbortSignal): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#start(shard, signal);
        shard.failure = undefined;
        return;
      } catch (error) {
        if (signal.aborted || !(error instanceof Failure) || !this.#hasOwnedNeighbour(shard)) throw error;
        shard.failure = error.message;
        const { shardId } = shard.ownership;
        this.#options.log.error(
          { shard: shardId, reason: error.message },
          'the shard cannot start; trying again',
        );
        await delay(backoffMs(attempt, 1_000, RECONNECT_MAX_MS), undefined, { signal });
      }
    }
  }

  #hasOwnedNeighbour(shard: ServedShard): boolean {
    return [...this.#shards.values()].some((each) => each !== shard && each.ownership.owned);
  }

  async #start({ ownership, memory, connection }: ServedShard, signal: AbortSignal): Promise<void> {
    await ownership.acquire(signal);
    await memory.open(this.#options.intents, APIVersion);
    if (memory.session === undefined) await this.#findGateway(signal);
    await connection.connect();
  }

  /** Only without a session: a RESUME needs nothing of Discord's REST API. */
  async #findGateway(signal: AbortSignal): Promise<void> {
    try {
      await this.#address.ask(signal);
    } catch (error) {
      const text = `the gateway cannot be reached: ${errorText(error)}`;
      throw new Failure(text, exitCodes.unavailable, { cause: error });
    }
  }

  #shard(shardId: number): ServedShard {
    const shard = this.#shards.get(shardId);
    if (shard === undefined) throw new RangeError(`this process has no shard ${shardId}`);
    return shard;
  }

  #dispatched(payload: GatewayDispatchPayload, from: EventOrigin): void {
    const shard = this.#shard(from.shardId);
    shard.heard = true;
    if (payload.t === GatewayDispatchEvents.GuildCreate || payload.t === GatewayDispatchEvents.GuildDelete)
      guildsServed.set(this.#guildCount());
    const work = this.#options.onDispatch(payload, from);
    if (work !== undefined) shard.memory.hold(payload.s, work);
  }

  #connected(shardId: number): void {
    this.#setState(shardId, 'ready');
    guildsServed.set(this.#guildCount());
    const starts = [...this.#shards.values()].flatMap(({ memory }) => memory.session?.startedAtMs ?? []);
    gatewaySessionStartSeconds.set(Math.min(...starts) / 1000);
    this.#probe.connected(shardId, this.#shard(shardId));
  }

  /** The manager replaces a process that is deaf as a whole; one deaf connection of several is left, so that the others stay. */
  #reconnect(shardId: number, shard: ServedShard): void {
    this.#options.log.warn(
      { shard: shardId },
      'the gateway connection brings nothing; leaving it for a new one',
    );
    gatewayWatchdogTotal.inc({ why: 'deaf' });
    shard.connection.abandon();
    shard.connection = this.#makeConnection(shardId, shard.ownership, shard.memory);
    this.#setState(shardId, 'disconnected');
    void shard.connection.connect();
  }

  #closed(code: number, shardId: number): void {
    const shard = this.#shard(shardId);
    // Said once: until it is back it is tried again and again.
    if (shard.state !== 'disconnected') {
      this.#options.log[this.#stopping ? 'info' : 'warn'](
        { shard: shardId, code },
        'gateway connection closed',
      );
    }
    shard.lastCloseCode = code;
    gatewayClosesTotal.inc({ code: closeLabel(code) });
    this.#setState(shardId, 'disconnected');
    const reason = fatalCloses.get(code);
    if (reason !== undefined) this.#failed.reject(new Failure(reason, exitCodes.config));
  }

  /** At once and without a word to Redis: session and lease belong to the other process. */
  #lost(failure: Failure): void {
    this.#stopping = true;
    for (const { connection } of this.#shards.values()) connection.handOver().catch(() => {});
    this.#failed.reject(failure);
  }

  #guildCount(): number {
    return [...this.#shards.values()].reduce((sum, { memory }) => sum + memory.guilds.size, 0);
  }

  #setState(shardId: number, state: ShardStatus['state']): void {
    const shard = this.#shard(shardId);
    if (shard.state === state) return;
    shard.state = state;
    this.#options.onServing([...this.#shards].flatMap(([id, each]) => (each.state === 'ready' ? id : [])));
  }
}
