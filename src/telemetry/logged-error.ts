import { pino } from 'pino';

/** What a log says of an error: nothing that Discord, PostgreSQL or Redis hangs onto theirs, which is what members wrote (bodies, rows, arguments). */
const told = ['type', 'message', 'stack', 'code', 'status', 'method'] as const;

/** Causes are in message and stack; of several errors at once (one for each address of a host) each is told. */
export function loggedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const serialized: Readonly<Record<string, unknown>> = { ...pino.stdSerializers.err(error) };
  const lean = Object.fromEntries(
    told.flatMap((key) => (serialized[key] === undefined ? [] : [[key, serialized[key]]])),
  );
  return error instanceof AggregateError ? { ...lean, errors: error.errors.map(loggedError) } : lean;
}
