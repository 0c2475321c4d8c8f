import { COMMAND_BUDGET_MS, FIRST_ANSWER_MS } from '../../config/deadlines.ts';
import type { CommandTraits } from '../features/feature.ts';
import type { Answer } from './answer.ts';

export type GuardOutcome = 'done' | 'cancelled';

/**
 * Runs a handler inside Discord's time limits: defers for it at 2.5 s after `createdAtMs` (Discord's limit is 3 s), and past its
 * budget aborts `signal` and closes the answer. A command that mutates is never cut off: it completes and edits its late answer.
 * A command that opens a modal cannot be deferred, so its budget ends where the deferral would come.
 */
export async function runGuarded(options: {
  readonly answer: Answer;
  readonly traits: CommandTraits;
  readonly createdAtMs: number;
  readonly run: (signal: AbortSignal) => Promise<void>;
}): Promise<GuardOutcome> {
  const { answer, traits } = options;
  const firstAnswerInMs = Math.min(
    Math.max(options.createdAtMs + FIRST_ANSWER_MS - Date.now(), 0),
    FIRST_ANSWER_MS,
  );
  const abort = new AbortController();
  const running = options.run(abort.signal);
  const deferral = setTimeout(() => {
    // A deferral that fails shows as the failure of the handler's own answer.
    if (traits.modal !== true) answer.defer().catch(() => {});
  }, firstAnswerInMs);
  try {
    if (traits.mutates === true) {
      await running;
      return 'done';
    }
    return await Promise.race([
      running.then(() => 'done' as const),
      afterBudget(
        traits.modal === true ? firstAnswerInMs : (traits.budgetMs ?? COMMAND_BUDGET_MS),
        abort,
        answer,
      ),
    ]);
  } finally {
    clearTimeout(deferral);
    running.catch(() => {});
    abort.abort();
  }
}

function afterBudget(budgetMs: number, abort: AbortController, answer: Answer): Promise<'cancelled'> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      answer.close();
      resolve('cancelled');
      abort.abort(new Error(`over its budget of ${budgetMs} ms`));
    }, budgetMs);
    abort.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}
