import { Worker } from 'node:worker_threads';
import { errorText } from '../lib/error-text.ts';
import type { Answer } from './computations.ts';

/** Computes once, for the process that forked it, and is killed by that one. */
const [, , module = ''] = process.argv;

// A thread, because the computation may keep this one busy for ever.
new Worker(new URL('parent-watch.ts', import.meta.url)).unref();

process.once('message', (message: { readonly input: unknown }) => {
  void answer(message.input).then((said) => process.send?.(said));
});

async function answer(input: unknown): Promise<Answer> {
  try {
    const computation = (await import(module)) as { compute(input: unknown): unknown };
    return { result: await computation.compute(input) };
  } catch (error) {
    return { error: errorText(error) };
  }
}
