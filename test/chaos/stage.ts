import { fetchAdminStatus } from '../../src/ipc/admin-client.ts';
import { Child, type Environment } from '../../src/demo/child.ts';
import type { ShardSupervision } from '../../src/ipc/supervision.ts';
import type { Report, SandboxClient } from '../../src/sandbox/client.ts';
import { openLoop } from '../cluster/open-loop.ts';
import { surroundings, type Surroundings } from '../helpers/bot.ts';
import { eventually } from '../helpers/eventually.ts';
import { startManager, type ManagerProcess } from '../helpers/manager.ts';

/** What members send while a scenario plays, over all shards, unless it says otherwise. */
const usualPerSecond = 100;

/** A whole host's worth of processes may start meanwhile, on two cores that others use too. */
const startMs = 90_000;

/** Of the time under load. */
export interface Outcome {
  readonly report: Report;
  readonly perSecond: number;
  /** The slowest answer before the scene began: what the machine does to answers by itself. */
  readonly calmMs: number;
}

/** A real cluster of real processes in the sandbox, its commands published and every shard serving. */
export class Stage implements AsyncDisposable {
  readonly world: Surroundings;
  readonly guilds: readonly string[];
  /** Where the manager that the scenario asks listens. */
  socket: string;
  manager: ManagerProcess;

  static async open(
    options: {
      readonly shards?: number;
      readonly maxConcurrency?: number;
      /** On top of what the surroundings say. */
      readonly env?: Environment;
    } = {},
  ): Promise<Stage> {
    const world = await surroundings({ shards: 4, ...options });
    try {
      const env = { ...world.env, ...options.env };
      await new Child('deploy-commands', [], env).done();
      const guilds = (await world.sandbox.guilds()).map(({ id }) => id);
      const stage = new Stage(world, guilds, startManager(env));
      await stage.manager.ready;
      return stage;
    } catch (error) {
      await world[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(world: Surroundings, guilds: readonly string[], manager: ManagerProcess) {
    this.world = world;
    this.guilds = guilds;
    this.socket = world.env.ADMIN_SOCKET;
    this.manager = manager;
  }

  get sandbox(): SandboxClient {
    return this.world.sandbox;
  }

  async shards(): Promise<readonly ShardSupervision[]> {
    return (await fetchAdminStatus(this.socket)).shards;
  }

  /** The pid of a shard that has a process. */
  async pid(shardId: number): Promise<number> {
    const pid = (await this.shards()).find((shard) => shard.shardId === shardId)?.pid;
    if (pid === undefined || pid === null) throw new Error(`shard ${shardId} has no process`);
    return pid;
  }

  /** Another host, as far as one machine can show it: a second manager with the same Redis. Resolves when its shards serve. */
  async startElsewhere(): Promise<void> {
    this.socket = `${this.world.env.ADMIN_SOCKET}-2`;
    this.manager = startManager({ ...this.world.env, ADMIN_SOCKET: this.socket });
    await this.manager.ready;
  }

  async allServe(): Promise<void> {
    await eventually(
      'every shard serves',
      async () => (await this.shards()).every(({ state }) => state === 'ready'),
      startMs,
    );
  }

  /** Resolves when so many RESUMEs were accepted since the load began to count. */
  async resumed(times: number): Promise<void> {
    await eventually(
      `${times} have resumed`,
      async () => (await this.sandbox.report()).resumes >= times,
      startMs,
    );
  }

  /**
   * Plays `scene` while members send so many interactions a second, from well before until every shard serves again. Resolves once
   * each of them was answered or its time is over.
   */
  async underLoad(scene: () => Promise<void>, perSecond = usualPerSecond): Promise<Outcome> {
    const calmSince = Date.now();
    await using members = openLoop(this.sandbox, this.guilds, perSecond);
    await this.#answered(2 * perSecond);
    const calmMs = (await this.sandbox.report(calmSince)).firstAnswerMs?.max ?? Number.NaN;
    await this.sandbox.resetReport();
    const startedMs = performance.now();
    await scene();
    await this.allServe();
    await this.#answered(perSecond);
    const seconds = (performance.now() - startedMs) / 1_000;
    await members.end();
    const report = await eventually('every interaction is answered or lost', async () => {
      const now = await this.sandbox.report();
      return now.counts.open === 0 && now;
    });
    return { report, perSecond: report.counts.interactions / seconds, calmMs };
  }

  /** So many more than by now. */
  async #answered(more: number): Promise<void> {
    const before = (await this.sandbox.report(0)).counts.answered;
    await eventually(
      `${more} more are answered`,
      async () => (await this.sandbox.report(0)).counts.answered >= before + more,
      startMs,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.manager[Symbol.asyncDispose]();
    await this.world[Symbol.asyncDispose]();
  }
}
