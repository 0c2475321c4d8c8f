import postgres from 'postgres';
import { errorText } from '../lib/error-text.ts';

/**
 * unavailable: no server did the work (wire, login, shutdown, pooler); what was under way may have happened or not.
 * timeout: no answer within the deadline; the same doubt.
 * overloaded: refused by us because too many wait already; nothing was sent.
 * conflict: PostgreSQL undid it (serialization failure, deadlock); the whole transaction may be tried again.
 * unique_violation, foreign_key_violation: PostgreSQL said no; `constraint` says which.
 * refused: PostgreSQL said no in any other way (privilege, syntax, value); a defect of ours.
 */
export type DbErrorCode =
  | 'unavailable'
  | 'timeout'
  | 'overloaded'
  | 'conflict'
  | 'unique_violation'
  | 'foreign_key_violation'
  | 'refused';

/** Names the query, never its values: PostgreSQL's `detail` quotes rows, so it goes no further. */
export class DbError extends Error {
  override readonly name = 'DbError';
  readonly code: DbErrorCode;
  readonly query: string;
  readonly sqlState: string | undefined;
  readonly constraint: string | undefined;

  constructor(
    code: DbErrorCode,
    query: string,
    reason: string,
    server?: { readonly sqlState: string; readonly constraint: string | undefined },
  ) {
    super(`query ${query}: ${reason}`);
    this.code = code;
    this.query = query;
    this.sqlState = server?.sqlState;
    this.constraint = server?.constraint;
  }
}

/** What postgres.js throws, as a `DbError`; anything else (an error of the caller's own code) unchanged. */
export function toDbError(query: string, thrown: unknown): unknown {
  if (thrown instanceof postgres.PostgresError) {
    const server = { sqlState: thrown.code, constraint: thrown.constraint_name };
    return new DbError(codeOfState(thrown.code), query, `${publicText(thrown)} (${thrown.code})`, server);
  }
  if (thrown instanceof Error && 'code' in thrown && wireCodes.has(String(thrown.code))) {
    return new DbError('unavailable', query, errorText(thrown));
  }
  return thrown;
}

const wireCodes = new Set([
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'SASL_SIGNATURE_MISMATCH',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
]);

const codesByState: Readonly<Record<string, DbErrorCode>> = {
  '23505': 'unique_violation',
  '23503': 'foreign_key_violation',
  '40001': 'conflict',
  '40P01': 'conflict',
  '57014': 'timeout',
  '55P03': 'timeout',
  '53300': 'unavailable',
  '57P01': 'unavailable',
  '57P02': 'unavailable',
  '57P03': 'unavailable',
  '28000': 'unavailable',
  '28P01': 'unavailable',
  '3D000': 'unavailable',
};

/** Class 08 is every failure of the connection; PgBouncer reports all of its own under 08P01. */
function codeOfState(state: string): DbErrorCode {
  return codesByState[state] ?? (state.startsWith('08') ? 'unavailable' : 'refused');
}

/** Messages of class 22 (data exception) and P0 (raised by a function) quote values. */
function publicText(error: postgres.PostgresError): string {
  return /^(22|P0)/.test(error.code) ? 'a value was not accepted' : error.message;
}
