import { seededRandom } from '../world/random.ts';
import { actKinds, type ActKind, type Phase, type Plan } from '../control/scenario-forms.ts';
import type { ScenarioSight } from '../control/scenarios.ts';
import type { Faults } from '../faults/faults.ts';
import { poissonArrivals } from './arrivals.ts';
import { BotUse, toUseCommands, type BotParts } from './bot-acts.ts';
import { Casts } from './cast.ts';
import { chat, edit, react, toChat, toReact, type ChatParts } from './chat-acts.ts';
import { Weighted, logNormal, randomOf } from './chance.ts';
import { join, leave, type CrowdParts } from './crowd-acts.ts';
import { OpenLoop } from './open-loop.ts';
import { lengthOf } from './check-plan.ts';
import { guildsWhere } from './scenario-guilds.ts';
import { ratesOf, scaleOf } from './scenario-rates.ts';
import { Tally } from './tally.ts';

export type PeopleParts = ChatParts & CrowdParts & BotParts & { readonly faults: Faults };

export type RunOptions = {
  readonly id: number;
  readonly name: string;
  readonly plan: Plan;
  readonly guildIds: readonly string[];
  readonly seed: number;
  readonly speed: number;
};

/** A phase, when it begins on the scenario's clock, and its guilds, the livelier ones more often. */
type Scene = { readonly phase: Phase; readonly startMs: number; readonly guilds: Weighted<string> };

/** A scenario under way. Who does what and when depends on its seed alone, not on how fast anybody answers. */
export class ScenarioRun {
  readonly #parts: PeopleParts;
  readonly #options: RunOptions;
  readonly #tally = new Tally();
  readonly #casts: Casts;
  readonly #botUse: BotUse;
  readonly #stopping = new AbortController();
  readonly #loops: OpenLoop[] = [];
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #outstanding = new Set<Promise<void>>();
  readonly #startedMs = performance.now();
  #endedMs: number | undefined;
  #state: ScenarioSight['state'] = 'running';
  #error: string | null = null;

  constructor(parts: PeopleParts, options: RunOptions) {
    const { seed, speed } = options;
    this.#parts = parts;
    this.#options = options;
    this.#casts = new Casts(seed, parts.world);
    this.#botUse = new BotUse(parts, { tally: this.#tally, speed, signal: this.#stopping.signal });
  }

  get isRunning(): boolean {
    return this.#state === 'running';
  }

  /** Resolves when the last phase is over and the last interaction settled, or at `stop`. */
  async run(): Promise<void> {
    try {
      const scenes = this.#scenes();
      const whole = Promise.withResolvers<void>();
      this.#at(this.#totalMs, () => whole.resolve());
      for (const scene of scenes) this.#switchOnFaults(scene, (error) => whole.reject(error));
      this.#stopping.signal.addEventListener('abort', () => whole.resolve());
      const loops = scenes.flatMap((scene, nth) =>
        actKinds.map((kind, n) => this.#loop(scene, kind, nth, n)),
      );
      this.#loops.push(...loops);
      await Promise.all([whole.promise, ...loops.map((loop) => loop.run())]);
      if (this.isRunning) await Promise.all(this.#outstanding);
      this.#end('over');
    } catch (error) {
      this.#fail(error);
    }
  }

  stop(): void {
    this.#end('stopped');
  }

  look(): ScenarioSight {
    const { id, name, plan, guildIds, seed, speed } = this.#options;
    const elapsedMs = Math.min(
      ((this.#endedMs ?? performance.now()) - this.#startedMs) * speed,
      this.#totalMs,
    );
    const begun = plan.phases.findIndex((_, nth) => this.#startOf(nth + 1) > elapsedMs);
    return {
      id,
      name,
      title: plan.title,
      state: this.#state,
      error: this.#error,
      seed,
      speed,
      guilds: guildIds.length,
      newcomers: this.#casts.newcomers,
      phase: begun === -1 ? plan.phases.length - 1 : begun,
      phases: plan.phases.length,
      elapsedMs,
      totalMs: this.#totalMs,
      figures: structuredClone(this.#tally.figures),
    };
  }

  #scenes(): Scene[] {
    const { plan, guildIds, seed } = this.#options;
    const liveliness = (id: string) => logNormal(randomOf(seed, id, 3), 1, 1);
    return plan.phases.map((phase, nth) => {
      const chosen = guildsWhere(guildIds, phase.where, seed);
      return { phase, startMs: this.#startOf(nth), guilds: new Weighted(chosen, liveliness) };
    });
  }

  #loop({ phase, startMs, guilds }: Scene, kind: ActKind, nth: number, n: number): OpenLoop {
    const { plan, guildIds, seed, speed } = this.#options;
    const rate = ratesOf(phase.rates[kind], speed * scaleOf(plan, guildIds.length));
    const arrivals = poissonArrivals(
      {
        startMs: startMs / speed,
        forMs: phase.for / speed,
        ...rate,
      },
      seededRandom(seed, nth, n, 1),
    );
    let acts = 0;
    const act = (dueMs: number): void => {
      // Each act has chance of its own: whatever comes of one, the next is the same.
      const random = seededRandom(seed, nth, n, 2, acts++);
      this.#act(kind, phase, guilds.draw(random) ?? '', dueMs, random);
    };
    return new OpenLoop({ arrivals, act });
  }

  #act(kind: ActKind, phase: Phase, guildId: string, dueMs: number, random: () => number): void {
    const { who, says, accounts, commands_like } = phase;
    const casts = this.#casts;
    if (kind === 'interactions') {
      const actor = () => casts.actor(guildId, 'commands', who, toUseCommands, random);
      return this.#follow(() => this.#botUse.begin(actor, dueMs, commands_like));
    }
    this.#tally.count(kind, dueMs, () => {
      switch (kind) {
        case 'messages':
          return chat(
            this.#parts,
            casts.actor(guildId, 'chat', who, toChat, random),
            says,
            this.#options.seed,
          );
        case 'reactions':
          return react(this.#parts, casts.actor(guildId, 'reactions', who, toReact, random));
        case 'edits':
          return edit(this.#parts, casts.actor(guildId, 'chat', who, toChat, random));
        case 'joins':
          return join(this.#parts, casts, guildId, accounts, random);
        case 'leaves':
          return leave(this.#parts, casts, guildId, random);
        default:
          return kind satisfies never;
      }
    });
  }

  #follow(use: () => Promise<void>): void {
    const over = use()
      .catch((error: unknown) => {
        if (!this.#stopping.signal.aborted) this.#fail(error);
      })
      .finally(() => this.#outstanding.delete(over));
    this.#outstanding.add(over);
  }

  #switchOnFaults({ phase, startMs }: Scene, failed: (error: unknown) => void): void {
    for (const { at, fault } of phase.events) {
      this.#at(startMs + at, () => {
        try {
          this.#parts.faults.switchOn(fault);
        } catch (error) {
          failed(error);
        }
      });
    }
  }

  /** `atMs` is on the scenario's clock. */
  #at(atMs: number, act: () => void): void {
    this.#timers.push(setTimeout(act, atMs / this.#options.speed));
  }

  get #totalMs(): number {
    return this.#startOf(this.#options.plan.phases.length);
  }

  #startOf(nth: number): number {
    return lengthOf(this.#options.plan.phases.slice(0, nth));
  }

  #fail(error: unknown): void {
    this.#error ??= error instanceof Error ? error.message : String(error);
    this.#end('failed');
  }

  #end(state: Exclude<ScenarioSight['state'], 'running'>): void {
    if (!this.isRunning) return;
    this.#state = state;
    this.#endedMs = performance.now();
    for (const loop of this.#loops) loop.stop();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#stopping.abort();
  }
}
