import { errorText } from './error-text.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';
import { createScrubber } from './scrub.ts';

interface MainOptions {
  /** Signals that abort `stop`; none for a main that does not look at it, so that they end the process at once. */
  readonly stopSignals?: readonly NodeJS.Signals[];
  /** Where the reason of a failed run goes; default: standard error. */
  readonly report?: (reason: string) => Promise<void>;
}

/** Reasons come from anywhere, also from libraries that print the address they called. */
const scrub = createScrubber([]);

/**
 * Runs a process's main function and ends the process with its exit code.
 * `stop` is aborted by the stop signals and when the parent goes away: a process must not outlive the one that supervises it.
 * A `Failure` is reported as its one line; anything else, also what nobody caught, is a defect and keeps its stack.
 */
export async function runMain(
  name: string,
  main: (stop: AbortSignal) => Promise<number>,
  options: MainOptions = {},
): Promise<never> {
  const { stopSignals = ['SIGTERM', 'SIGINT'], report = writeToStandardError(name) } = options;
  const fail = async (error: unknown): Promise<number> => {
    const failure = error instanceof Failure;
    const stack = error instanceof Error ? error.stack : undefined;
    await report(scrub(failure ? errorText(error) : (stack ?? errorText(error))));
    return failure ? error.exitCode : exitCodes.software;
  };
  process.on('uncaughtException', (thrown) => {
    void fail(thrown).then((code) => process.exit(code));
  });
  const stop = new AbortController();
  // `| head` closes the pipe: whoever read has enough.
  process.stdout.on('error', (error) => stop.abort(error));
  for (const signal of stopSignals) process.on(signal, () => stop.abort(signal));
  if (process.channel) process.once('disconnect', () => stop.abort('disconnect'));
  let code: number;
  try {
    code = await main(stop.signal);
  } catch (error) {
    code = await fail(error);
  }
  process.exit(code);
}

function writeToStandardError(name: string): (reason: string) => Promise<void> {
  return async (reason) => {
    process.stderr.write(`${name}: ${reason}\n`);
  };
}
