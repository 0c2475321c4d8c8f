import type { ScenarioSight, StartScenarioForm } from '../control/scenarios.ts';
import { Refusal } from '../driver/refusal.ts';
import { checkPlan, lengthOf } from './check-plan.ts';
import { namedScenario, scenarioNames } from './scenario-files.ts';
import { guildsWhere } from './scenario-guilds.ts';
import type { NamedPlan } from './scenario-flag.ts';
import { ScenarioRun, type PeopleParts } from './scenario-run.ts';

const mostAtOnce = 16;

/** Of those that ended. */
const kept = 16;

/** The scenarios of a sandbox: which there are, which run, and what became of the latest. */
export class Scenarios {
  readonly #parts: PeopleParts;
  readonly #runs: ScenarioRun[] = [];
  #lastId = 0;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  list() {
    return scenarioNames().map((name) => {
      const { title, description, speed, phases } = namedScenario(name);
      return { name, title, description, speed, totalMs: lengthOf(phases) };
    });
  }

  /** Throws `Refusal` for what cannot be run. */
  start(form: StartScenarioForm): ScenarioSight {
    const unknown = form.guild_ids?.find((id) => !this.#parts.world.guild(id));
    if (unknown !== undefined) throw new Refusal(`there is no guild ${unknown}`, 404);
    const { guild_ids, seed, speed } = form;
    return this.begin(planOf(form), { guildIds: guild_ids, seed, speed });
  }

  /** It runs until it is over, or stopped. Throws `Refusal` for what cannot be run. */
  begin({ name, plan }: NamedPlan, { guildIds, seed, speed = plan.speed }: Beginning): ScenarioSight {
    const { world } = this.#parts;
    const chosen = guildIds ?? guildsWhere(world.guildIds(world.guildCount), plan.where, seed);
    if (chosen.length === 0)
      throw new Refusal('the bot is in no guild: there is nobody who could do anything');
    checkPlan(plan, speed, chosen.length);
    if (this.#runs.filter(({ isRunning }) => isRunning).length >= mostAtOnce) {
      throw new Refusal(`${mostAtOnce} scenarios run already: stop one first`);
    }
    const id = ++this.#lastId;
    const run = new ScenarioRun(this.#parts, { id, name, plan, guildIds: chosen, seed, speed });
    this.#forgetOldest();
    this.#runs.push(run);
    void run.run();
    return run.look();
  }

  /** Stops one, or all; returns how many ran. */
  stop(id?: number): number {
    const wanted = this.#runs.filter((run) => run.isRunning && (id === undefined || run.look().id === id));
    if (id !== undefined && wanted.length === 0) throw new Refusal(`no scenario ${id} is running`, 404);
    for (const run of wanted) run.stop();
    return wanted.length;
  }

  running(): ScenarioSight[] {
    return this.#runs.map((run) => run.look());
  }

  #forgetOldest(): void {
    const ended = this.#runs.findIndex(({ isRunning }) => !isRunning);
    if (this.#runs.length >= kept + mostAtOnce && ended !== -1) this.#runs.splice(ended, 1);
  }
}

type Beginning = {
  /** Who takes part; default: what the plan says. */
  readonly guildIds?: readonly string[] | undefined;
  readonly seed: number;
  /** Default: the plan's own. */
  readonly speed?: number | undefined;
};

function planOf({ name, plan }: StartScenarioForm): NamedPlan {
  if (name !== undefined && plan) throw new Refusal('give either name or plan, not both');
  if (plan) return { name: plan.title, plan };
  if (name !== undefined) return { name, plan: namedScenario(name) };
  throw new Refusal(`give a name or a plan; there are: ${scenarioNames().join(', ')}`);
}
