import { COMMAND_BUDGET_MS, FIRST_ANSWER_MS } from '../../config/deadlines.ts';
import type { Traits } from '../features/command.ts';
import { guardedTotal } from '../telemetry/guard.ts';
import type { Answer } from './answer.ts';

export type GuardOutcome = 'done' | 'cancelled';

/** One for all: an abort without a reason makes one each time, with a stack. */
const ended = new DOMException('The interaction is over', 'AbortError');

/**
 * Runs a handler inside Discord's time limits: defers for it at 2.5 s after `createdAtMs` (Discord's limit is 3 s), and past its
 * budget aborts `signal` and closes the answer. A command that mutates is never cut off: it completes and edits its late answer.
 * A command that opens a modal cannot be deferred, so its budget ends where the deferral would come.
 */
export async function runGuarded(options: {
  readonly answer: Answer;
  readonly traits: Traits;
  /** When Discord made the interaction, by this host's clock. */
  readonly createdAtMs: number;
  /** Cancels before the budget is spent: the process has to end. */
  readonly stop: AbortSignal;
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
    if (traits.modal === true || answer.given) return;
    // A deferral that fails shows as the failure of the handler's own answer.
    answer.defer().catch(() => {});
    guardedTotal.inc({ outcome: 'deferred' });
  }, firstAnswerInMs);
  try {
    const budgetMs = traits.modal === true ? firstAnswerInMs : (traits.budgetMs ?? COMMAND_BUDGET_MS);
    if (traits.mutates === true) {
      const startedMs = performance.now();
      await running;
      if (performance.now() - startedMs > budgetMs) guardedTotal.inc({ outcome: 'late' });
      return 'done';
    }
    using over = budget(budgetMs, options.stop);
    const outcome = await Promise.race([running.then(() => 'done' as const), over.spent]);
    if (outcome === 'cancelled') {
      answer.close();
      guardedTotal.inc({ outcome: 'cancelled' });
    }
    return outcome;
  } finally {
    clearTimeout(deferral);
    running.catch(() => {});
    abort.abort(ended);
  }
}

/** `spent` resolves after `ms`, or when `stop` is aborted. Without AbortSignal.any, which would add to what `stop` keeps for each interaction. */
function budget(ms: number, stop: AbortSignal): { readonly spent: Promise<'cancelled'> } & Disposable {
  const { promise: spent, resolve } = Promise.withResolvers<'cancelled'>();
  const cancel = () => resolve('cancelled');
  const timer = setTimeout(cancel, ms);
  stop.addEventListener('abort', cancel);
  if (stop.aborted) cancel();
  return {
    spent,
    [Symbol.dispose]() {
      clearTimeout(timer);
      stop.removeEventListener('abort', cancel);
    },
  };
}
