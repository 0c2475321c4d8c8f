import { parseArgs, type ParseArgsConfig } from 'node:util';
import { errorText } from './error-text.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure } from './failure.ts';

type Options = NonNullable<ParseArgsConfig['options']>;
type Flags<O extends Options> = ReturnType<typeof parseArgs<{ options: O; strict: true }>>['values'];

/** Command line flags. Throws a `Failure` (exit 64) for one that is unknown or lacks its value. */
export function readFlags<const O extends Options>(argv: readonly string[], options: O): Flags<O> {
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new Failure(errorText(error), exitCodes.usage);
  }
}

/** A whole number in a range. Throws a `Failure` (exit 64) that names the flag and the value. */
export function wholeNumberFlag(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new Failure(
    `--${name} must be a whole number from ${min} to ${max}, not ${JSON.stringify(text)}`,
    exitCodes.usage,
  );
}
