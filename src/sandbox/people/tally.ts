import { actKinds, type ActKind } from '../control/scenario-forms.ts';
import type { Figures } from '../control/scenarios.ts';
import { Refusal } from '../driver/refusal.ts';
import { DiscordError } from '../forms/discord-error.ts';
import { Interaction } from '../interactions/interaction.ts';

/** Timers and turns of the event loop take less. */
const lateAfterMs = 250;

/** What became of all that people did in a run. */
export class Tally {
  readonly figures = Object.fromEntries(
    actKinds.map((kind) => [kind, { due: 0, sent: 0, refused: 0, answered: 0, failed: 0, late: 0 }]),
  ) as Record<ActKind, Figures>;

  /** Does it and counts it; an interaction counts on until its first answer. Returns `undefined` where it was refused. */
  count<T>(kind: ActKind, dueMs: number, act: () => T): T | undefined {
    const figures = this.figures[kind];
    figures.due += 1;
    if (performance.now() - dueMs > lateAfterMs) figures.late += 1;
    try {
      const done = act();
      figures.sent += 1;
      if (done instanceof Interaction) {
        done.onFirstAnswer((answered) => (figures[answered ? 'answered' : 'failed'] += 1));
      }
      return done;
    } catch (error) {
      if (!isRefusal(error)) throw error;
      figures.refused += 1;
      return undefined;
    }
  }

  /** Who is to do it; where there is nobody, that is counted as a refusal. */
  find<T>(kind: ActKind, look: () => T): T | undefined {
    try {
      return look();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      this.figures[kind].due += 1;
      this.figures[kind].refused += 1;
      return undefined;
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Refusal || error instanceof DiscordError;
}
