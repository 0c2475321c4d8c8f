import type { ShardingManager } from 'discord.js';
import { IPC_ANSWER_MS } from '../../config/deadlines.ts';
import type { AnswerOf, ArgumentOf, Handlers } from '../ipc/ipc.ts';
import type { RequestsToManager, RequestsToShard } from '../ipc/messages.ts';
import type { ProcessExit, ShardSupervision, SupervisedState } from '../ipc/supervision.ts';
import { errorText } from '../lib/error-text.ts';
import { countExit, shardReady } from '../telemetry/cluster.ts';
import type { Logger, LogLevel } from '../telemetry/log.ts';
import {
  beginRestarts,
  shardDrained,
  shardHeldDown,
  shardHung,
  shardRestartsTotal,
  shardServed,
} from '../telemetry/supervision.ts';
import type { ClusterMetrics } from './cluster-metrics.ts';
import { CrashPolicy, type Verdict } from './crash-policy.ts';
import { Later } from './later.ts';
import type { ShardProcess } from './shard-process.ts';
import { ShardProcesses } from './shard-processes.ts';
import { getsWarm, handsOver, serves, type RestartStep } from './succession.ts';

export interface SupervisedGroupOptions {
  readonly sharding: ShardingManager;
  readonly shardIds: readonly [number, ...number[]];
  /** Whether it begins as a part of a set that is not in force yet. */
  readonly muted: boolean;
  /** See `crashLimit`. */
  readonly crashLimit: number;
  readonly metrics: ClusterMetrics;
  readonly log: Logger;
  /** To what a shard process asks. */
  readonly answers: Handlers<RequestsToManager>;
  /** Hears of every change of `serves` and `down`. */
  readonly onChange: () => void;
  /** Hears of a process that ended by itself, before the shard is started again. */
  readonly onExit: (exit: ProcessExit) => void;
}

/** What stands for one of its shards. */
const gauges = [shardReady, shardServed, shardHung, shardDrained, shardHeldDown];

/**
 * The shards of one process, over its processes: started again when one ends by itself or gives no sign of life, kept down when that happens too
 * often, and moved from one process to its successor when an operator restarts it.
 */
export class SupervisedGroup {
  readonly shardIds: readonly [number, ...number[]];
  readonly #options: SupervisedGroupOptions;
  readonly #log: Logger;
  readonly #policy: CrashPolicy;
  readonly #processes: ShardProcesses;
  readonly #nextStart = new Later();
  readonly #served = new Set<number>();
  #process: ShardProcess | undefined;
  #standby: ShardProcess | undefined;
  #down: 'crash loop' | 'unfit' | 'drained' | undefined;
  #lastExit: ProcessExit | undefined;
  #replacing = false;
  #measured: boolean;

  constructor(options: SupervisedGroupOptions) {
    this.#options = options;
    this.shardIds = options.shardIds;
    this.#log = options.log.child({ shard: this.name });
    this.#policy = new CrashPolicy(options.crashLimit);
    const { sharding, shardIds, muted, answers } = options;
    this.#processes = new ShardProcesses(
      {
        sharding,
        shardIds,
        muted,
        answers,
        log: this.#log,
        onStarted: (process) =>
          options.metrics.watch(this.name, process, () => this.#measured && process === this.#process),
        onChange: () => this.#changed(),
      },
      (process, exit) => this.#ended(process, exit),
    );
    this.#measured = !muted;
    beginRestarts(this.name);
    this.#measure();
  }

  /** `3`, or `4,5`. */
  get name(): string {
    return this.shardIds.join(',');
  }

  /** Whether the shard serves, and its process lives. */
  serves(shardId: number): boolean {
    return this.#process?.servesShard(shardId) === true && this.#process.silence === undefined;
  }

  /** Why it stays down, and how its last process ended. */
  get down(): { readonly why: 'crash loop' | 'unfit' | 'drained'; readonly exit?: ProcessExit } | undefined {
    return this.#down && { why: this.#down, ...(this.#lastExit && { exit: this.#lastExit }) };
  }

  /** One for each of its shards: they share everything but their state. */
  supervision(): ShardSupervision[] {
    return this.shardIds.map((shardId) => ({
      shardId,
      state: this.#state(shardId),
      pid: this.#process?.pid ?? null,
      standbyPid: this.#standby?.pid ?? null,
      loopP99Ms: this.#process?.lastBeat?.loopP99Ms ?? null,
      rssBytes: this.#process?.lastBeat?.rssBytes ?? null,
      restarts: Math.max(this.#processes.starts - 1, 0),
      nextStartAtMs: this.#nextStart.atMs ?? null,
      lastExit: this.#lastExit ?? null,
    }));
  }

  /** Never rejects: what does not start is tried again. */
  async start(): Promise<void> {
    try {
      this.#own(await this.#processes.start(false));
    } catch (error) {
      if (!this.#processes.stopping) this.#startLater(this.#policy.notStarted().waitMs, errorText(error));
    }
  }

  /** Also for its later processes. Rejects as `request`. */
  changeLogLevel(level: LogLevel): Promise<void> {
    this.#processes.logLevel = level;
    return this.request('log-level', IPC_ANSWER_MS, level);
  }

  /** Rejects when it has no process, or its process dies or does not answer in time. */
  request<K extends keyof RequestsToShard>(
    kind: K,
    deadlineMs: number,
    ...argument: ArgumentOf<RequestsToShard, K>
  ): Promise<AnswerOf<RequestsToShard, K>> {
    if (this.#process === undefined) return Promise.reject(new Error(`shard ${this.name} has no process`));
    // The answer of a hung process would only be waited for.
    if (this.#process.silence === 'hung') return Promise.reject(new Error(`shard ${this.name} is hung`));
    return this.#process.request(kind, deadlineMs, ...argument);
  }

  /** Its present process answers from now on, and so do later ones. Rejects when the present one does not. */
  async unmute(): Promise<void> {
    this.#processes.muted = false;
    // One that is not warm yet hears of it as soon as it is.
    if (this.#process?.wasWarm === true) await this.#processes.unmute(this.#process);
  }

  /** Counts `ms` without a sign of life, and ends a process that has been silent for too long. */
  passed(ms: number): void {
    const process = this.#process;
    process?.passed(ms);
    if (process?.overdue === 'hung') process.kill('hung: its event loop gave no sign of life');
    else if (process?.overdue === 'deaf') process.kill('deaf: its gateway connection brought nothing');
  }

  /** Ends whatever runs. Resolves when all of it is gone. */
  async stop(): Promise<void> {
    this.#nextStart.cancel();
    await this.#processes.stop();
  }

  /** The gauges of these ids are its own from now on: its set has come into force. */
  measure(): void {
    this.#measured = true;
    this.#measure();
  }

  /** Another set has come into force. */
  retire(): void {
    this.#measured = false;
    for (const shardId of this.shardIds) {
      for (const gauge of gauges) gauge.remove({ shard: String(shardId) });
    }
  }

  /** Takes it out of service: its sessions stay in Redis for as long as Discord keeps them. Resolves when its process is gone. */
  async drain(): Promise<void> {
    this.#hold('drained');
    await this.#process?.stop();
  }

  /**
   * Moves it to a new process: the successor gets warm while the old one serves, then takes its sessions over.
   * One that has no process is started. Rejects with the reason when the new process does not get as far as it must in time;
   * before the hand-over the old one goes on serving.
   */
  async restart(onStep: (step: RestartStep) => void): Promise<void> {
    this.#nextStart.cancel();
    this.#policy.forget();
    this.#down = undefined;
    this.#replacing = true;
    try {
      const old = this.#process;
      const successor = await this.#processes.start(old !== undefined);
      if (old === undefined) this.#own(successor);
      else await this.#replace(old, successor, onStep);
      shardRestartsTotal.inc({ shard: this.name, reason: 'operator' });
      await serves(successor);
      onStep('serving');
    } finally {
      this.#replacing = false;
      if (this.#process === undefined && !this.#processes.stopping)
        this.#startLater(this.#policy.notStarted().waitMs);
      this.#changed();
    }
  }

  async #replace(
    old: ShardProcess,
    successor: ShardProcess,
    onStep: (step: RestartStep) => void,
  ): Promise<void> {
    this.#standby = successor;
    try {
      await getsWarm(successor);
      onStep('warm');
      await handsOver(old);
    } catch (error) {
      successor.kill('it is not needed');
      throw error;
    } finally {
      this.#standby = undefined;
    }
    this.#own(successor);
    await successor.request('serve', IPC_ANSWER_MS);
    onStep('handed over');
  }

  #own(process: ShardProcess): void {
    this.#process = process;
    this.#changed();
  }

  #ended(process: ShardProcess, exit: ProcessExit): void {
    if (process !== this.#process) return;
    this.#process = undefined;
    this.#changed();
    if (this.#processes.stopping || this.#down === 'drained') return;
    this.#lastExit = exit;
    countExit(exit.signal ?? exit.code);
    this.#options.onExit(exit);
    if (!this.#replacing) this.#obey(this.#policy.after(exit, process.wasWarm), exit, process);
  }

  #obey(verdict: Verdict, exit: ProcessExit, process: ShardProcess): void {
    if (verdict === 'crash loop' || verdict === 'unfit') {
      this.#hold(verdict);
      const help = `npm run admin -- restart ${this.shardIds[0]}`;
      this.#log.error(
        { reason: exit.reason, why: verdict, help },
        'the shard stays down until it is restarted',
      );
      return;
    }
    shardRestartsTotal.inc({ shard: this.name, reason: process.overdue ?? 'crash' });
    this.#startLater(verdict.waitMs, exit.reason);
  }

  #startLater(waitMs: number, reason?: string): void {
    this.#log.error({ reason, waitMs }, 'the shard process ended; it will be started again');
    this.#nextStart.in(waitMs, () => void this.start());
  }

  #hold(why: 'crash loop' | 'unfit' | 'drained'): void {
    this.#nextStart.cancel();
    this.#down = why;
    this.#changed();
  }

  #state(shardId: number): SupervisedState {
    if (this.#process === undefined)
      return this.#down ?? (this.#nextStart.atMs === undefined ? 'starting' : 'waiting');
    if (this.#process.silence !== undefined) return this.#process.silence;
    if (this.#process.servesShard(shardId)) return 'ready';
    return this.#process.hasServed(shardId) ? 'disconnected' : 'starting';
  }

  #changed(): void {
    for (const shardId of this.shardIds) if (this.serves(shardId)) this.#served.add(shardId);
    this.#measure();
    this.#options.onChange();
  }

  #measure(): void {
    if (!this.#measured) return;
    for (const shardId of this.shardIds) {
      const shard = String(shardId);
      shardReady.set({ shard }, Number(this.serves(shardId)));
      shardServed.set({ shard }, Number(this.#served.has(shardId)));
      shardHung.set({ shard }, Number(this.#process?.silence !== undefined));
      shardDrained.set({ shard }, Number(this.#down === 'drained'));
      shardHeldDown.set({ shard }, Number(this.#down === 'crash loop' || this.#down === 'unfit'));
    }
  }
}
