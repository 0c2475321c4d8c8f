import type { ChildProcess } from 'node:child_process';
import type { Shard, ShardingManager } from 'discord.js';
import { SHARD_STOP_MS } from '../../config/deadlines.ts';
import { FIRST_BEAT_MS, HUNG_KILL_MS, HUNG_SHOWN_MS } from '../../config/liveness.ts';
import { Channel, type AnswerOf, type ArgumentOf, type Handlers } from '../ipc/ipc.ts';
import type { RequestsToManager, RequestsToShard } from '../ipc/messages.ts';
import type { Beat, ProcessExit } from '../ipc/supervision.ts';
import type { Logger } from '../telemetry/log.ts';
import { LastWords } from './last-words.ts';

export interface ShardProcessOptions {
  readonly sharding: ShardingManager;
  /** Its shards; the first one stands for it in ShardingManager. */
  readonly shardIds: readonly [number, ...number[]];
  /** It gets ready, and connects when it is asked to `serve`. */
  readonly standby: boolean;
  /** It connects, and answers when it is asked to `unmute`. */
  readonly muted: boolean;
  readonly log: Logger;
  readonly answers: Handlers<RequestsToManager>;
  /** Hears of whatever `servesShard`, `silence` and `deaf` show. */
  readonly onChange: () => void;
}

/** One process of one or several shards, from its start through ShardingManager to its exit. */
export class ShardProcess {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #channel: Channel<RequestsToShard, RequestsToManager>;
  readonly #log: Logger;
  readonly #onChange: () => void;
  readonly #warm: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #served: PromiseWithResolvers<void> = Promise.withResolvers();
  readonly #words = new LastWords();
  #silentMs = 0;
  #servingSinceMs: number | undefined;
  #serving: readonly number[] = [];
  readonly #haveServed = new Set<number>();
  /** Its stores were open: whatever ended it later may have cost an identify. */
  wasWarm = false;
  lastBeat: Beat | undefined;
  /** As it said last; empty before it was asked. */
  metrics = '';
  /** Resolves with how it ended. */
  readonly exited: Promise<ProcessExit>;

  /** Throws when the operating system does not start it. */
  static async start(options: ShardProcessOptions): Promise<ShardProcess> {
    const shard = options.sharding.createShard(options.shardIds[0]);
    shard.env = { ...environmentOf(shard), SHARDS: JSON.stringify(options.shardIds) };
    shard.args = [...(options.standby ? ['--standby'] : []), ...(options.muted ? ['--muted'] : [])];
    // Without a listener an error event, of the process or of discord.js's Shard, would end the manager.
    const logError = (error: Error) => options.log.error({ err: error }, 'shard process error');
    shard.on('error', logError);
    // In the event, since a failed fork's error comes before `spawn` has returned.
    shard.on('spawn', (child) => child.on('error', logError));
    return new ShardProcess(await spawn(shard), options);
  }

  private constructor(child: ChildProcess & { readonly pid: number }, options: ShardProcessOptions) {
    this.#child = child;
    this.pid = child.pid;
    this.#log = options.log;
    this.#onChange = options.onChange;
    this.#channel = new Channel<RequestsToShard, RequestsToManager>(child, options.answers, {
      serving: (shardIds) => this.#setServing(shardIds, options.shardIds),
      failed: (reason) => this.#words.said(reason),
      warm: () => this.#becameWarm(),
      beat: (beat) => this.#beat(beat),
      counted: (metrics) => (this.metrics = metrics),
    });
    this.exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        // What it said last may still be in the channel.
        if (child.connected) child.once('disconnect', () => resolve(this.#ended(code, signal)));
        else resolve(this.#ended(code, signal));
      });
    });
    this.#log.info({ childPid: this.pid, standby: options.standby }, 'shard process started');
  }

  /** Resolves once its stores are open. */
  get warm(): Promise<void> {
    return this.#warm.promise;
  }

  /** Resolves once each of its shards has served. */
  get served(): Promise<void> {
    return this.#served.promise;
  }

  /** Whether the shard's gateway connection is ready. */
  servesShard(shardId: number): boolean {
    return this.#serving.includes(shardId);
  }

  hasServed(shardId: number): boolean {
    return this.#haveServed.has(shardId);
  }

  /** How its signs of life are missing, if they are. */
  get silence(): 'hung' | 'deaf' | undefined {
    const limitMs = this.lastBeat === undefined ? FIRST_BEAT_MS : HUNG_SHOWN_MS;
    if (this.#silentMs >= limitMs) return 'hung';
    return this.lastBeat?.deaf === true ? 'deaf' : undefined;
  }

  /** What keeps it from being left alone any longer. */
  get overdue(): 'hung' | 'deaf' | undefined {
    if (this.silence === 'hung' && this.#silentMs < HUNG_KILL_MS) return undefined;
    return this.silence;
  }

  /** Counts `ms` without a sign of life. */
  passed(ms: number): void {
    const before = this.silence;
    this.#silentMs += ms;
    if (this.silence !== before) this.#onChange();
  }

  /** Rejects when the process is gone or does not answer in time. */
  request<K extends keyof RequestsToShard>(
    kind: K,
    deadlineMs: number,
    ...argument: ArgumentOf<RequestsToShard, K>
  ): Promise<AnswerOf<RequestsToShard, K>> {
    return this.#channel.request(kind, deadlineMs, ...argument);
  }

  /** Brings `metrics` up to date, unless it does not answer in time. One that hangs is not asked. Never rejects. */
  async askMetrics(deadlineMs: number): Promise<void> {
    if (this.silence === 'hung') return;
    try {
      const metrics: unknown = await this.request('metrics-text', deadlineMs);
      if (typeof metrics === 'string') this.metrics = metrics;
    } catch {
      // What it said before stands.
    }
  }

  /** Ends it with SIGTERM. Resolves when it is gone. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    await this.leave();
  }

  /** Gives it the time of a stop to end by itself, then SIGKILL. Resolves when it is gone. */
  async leave(): Promise<void> {
    const escalation = setTimeout(() => this.kill('it did not end in time'), SHARD_STOP_MS);
    await this.exited;
    clearTimeout(escalation);
  }

  /** SIGKILL, which also ends a stopped process. `reason` is what its exit will be put down to. */
  kill(reason: string): void {
    this.#log.warn({ childPid: this.pid, reason }, 'SIGKILL for the shard process');
    this.#words.said(reason);
    this.#child.kill('SIGKILL');
  }

  #becameWarm(): void {
    this.wasWarm = true;
    this.#warm.resolve();
  }

  #setServing(serving: readonly number[], all: readonly number[]): void {
    this.#serving = serving;
    for (const id of serving) this.#haveServed.add(id);
    if (serving.length > 0) this.#servingSinceMs ??= performance.now();
    if (this.#haveServed.size === all.length) this.#served.resolve();
    this.#onChange();
  }

  #beat(beat: Beat): void {
    const before = this.silence;
    this.#silentMs = 0;
    this.lastBeat = beat;
    this.#words.heard(beat.lines);
    if (this.silence !== before) this.#onChange();
  }

  #ended(code: number | null, signal: NodeJS.Signals | null): ProcessExit {
    this.#serving = [];
    return {
      atMs: Date.now(),
      pid: this.pid,
      code,
      signal,
      ...this.#words.of(code, signal, this.lastBeat),
      servedMs: this.#servingSinceMs === undefined ? 0 : performance.now() - this.#servingSinceMs,
    };
  }
}

/** discord.js has it untyped, and puts the token into it, where it would stand beside the file that holds it. */
function environmentOf({ env }: Shard): object {
  const { DISCORD_TOKEN: token, ...rest } = env as Readonly<Record<string, unknown>>;
  return rest['DISCORD_TOKEN_FILE'] ? rest : { ...rest, DISCORD_TOKEN: token };
}

/** -1: discord.js would wait for a message that only its Client sends; our own notices tell. */
async function spawn(shard: Shard): Promise<ChildProcess & { readonly pid: number }> {
  const child = await shard.spawn(-1);
  const { pid } = child;
  // No exit follows a failed fork (no more processes, Node replaced on disk).
  if (pid === undefined) throw new Error('the operating system could not start it');
  return Object.assign(child, { pid });
}
