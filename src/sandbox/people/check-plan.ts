import { actKinds, type Phase, type Plan } from '../control/scenario-forms.ts';
import { Refusal } from '../driver/refusal.ts';
import { ratesOf, scaleOf } from './scenario-rates.ts';

/** Timers of Node take up to 24.8 days; nobody waits longer than this. */
const longestMs = 24 * 3_600_000;

/** Acts a second that one process does beside serving the bot: one takes about a third of a millisecond. */
const mostPerSecond = 2_000;

/** On the scenario's own clock. */
export function lengthOf(phases: readonly Phase[]): number {
  return phases.reduce((sum, phase) => sum + phase.for, 0);
}

/** Throws `Refusal` for a plan that would take too long at this speed, or too much. */
export function checkPlan(plan: Plan, speed: number, guilds: number): void {
  const realMs = lengthOf(plan.phases) / speed;
  if (realMs > longestMs) {
    throw new Refusal(
      `"${plan.title}" would take ${Math.round(realMs / 3_600_000)} hours: choose a higher speed`,
    );
  }
  const peak = Math.max(...plan.phases.map((phase) => peakOf(phase, speed * scaleOf(plan, guilds))));
  if (peak <= mostPerSecond) return;
  throw new Refusal(
    `"${plan.title}" has ${Math.round(peak)} acts a second at its peak, and ${mostPerSecond} are the most: choose a lower speed or fewer guilds`,
  );
}

function peakOf({ rates }: Phase, scale: number): number {
  return actKinds.reduce((sum, kind) => {
    const { from, to } = ratesOf(rates[kind], scale);
    return sum + Math.max(from, to);
  }, 0);
}
