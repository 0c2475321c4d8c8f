import { errorText } from './error-text.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';

interface MainOptions {
  readonly stopSignals?: readonly NodeJS.Signals[];
  /** Where the reason of a failed run goes; default: standard error. */
  readonly report?: (reason: string) => Promise<void>;
}

/**
 * Runs a process's main function and ends the process with its exit code.
 * `stop` is aborted by the stop signals and when the parent goes away: a process must not outlive the one that supervises it.
 * A `Failure` is reported as its one line; anything else is a defect and keeps its stack.
 */
export async function runMain(
  name: string,
  main: (stop: AbortSignal) => Promise<number>,
  options: MainOptions = {},
): Promise<never> {
  const stop = new AbortController();
  for (const signal of options.stopSignals ?? ['SIGTERM', 'SIGINT'])
    process.on(signal, () => stop.abort(signal));
  if (process.channel) process.once('disconnect', () => stop.abort('disconnect'));
  process.exit(await run(name, () => main(stop.signal), options.report));
}

async function run(
  name: string,
  main: () => Promise<number>,
  report: MainOptions['report'],
): Promise<number> {
  try {
    return await main();
  } catch (error) {
    const failure = error instanceof Failure;
    const stack = error instanceof Error ? error.stack : undefined;
    const reason = failure ? errorText(error) : (stack ?? errorText(error));
    if (report === undefined) process.stderr.write(`${name}: ${reason}\n`);
    else await report(reason);
    return failure ? error.exitCode : exitCodes.software;
  }
}
