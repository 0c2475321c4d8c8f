/** What a loader's error says in `code` when its server gave no answer (see `DbErrorCode`); any other code is an answer, if a bad one. */
const codes: readonly unknown[] = ['unavailable', 'timeout', 'overloaded'];

export function saysUnavailable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
