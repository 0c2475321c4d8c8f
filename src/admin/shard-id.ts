import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

/** A shard's id from the command line. Throws a `Failure` (exit 64). */
export function shardIdArgument(command: string, text: string | undefined): number {
  if (text !== undefined && /^\d{1,5}$/.test(text)) return Number(text);
  const given = text === undefined ? 'none is given' : `not ${JSON.stringify(text)}`;
  throw new Failure(`${command} takes a shard's id, a whole number; ${given}`, exitCodes.usage);
}
