import { exitCodes } from '../../lib/exit-codes.ts';
import { Failure } from '../../lib/failure.ts';
import type { Plan } from '../control/scenario-forms.ts';
import { Refusal } from '../driver/refusal.ts';
import { checkPlan } from './check-plan.ts';
import { namedScenario, scenarioFromFile } from './scenario-files.ts';
import { guildsWhere } from './scenario-guilds.ts';

export type NamedPlan = { readonly name: string; readonly plan: Plan };

/**
 * The scenario that a sandbox of so many guilds is to begin with: the name of a built-in one, or the path of a file. Throws
 * a `Failure` (exit 64) that says what is wrong with it.
 */
export function scenarioOfFlag(nameOrPath: string, guilds: number, seed: number): NamedPlan {
  const isPath = /[/\\]|\.ya?ml$/.test(nameOrPath);
  try {
    const plan = isPath ? scenarioFromFile(nameOrPath) : namedScenario(nameOrPath);
    const everybody = Array.from({ length: guilds }, (_, nth) => String(nth));
    checkPlan(plan, plan.speed, guildsWhere(everybody, plan.where, seed).length);
    return { name: nameOrPath, plan };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Failure(`--scenario: ${error.message}`, exitCodes.usage);
  }
}
