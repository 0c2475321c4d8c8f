/** One line that says what an unknown thrown value was, with the messages of its causes and of aggregated errors. */
export function errorText(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const own = thrown.message || ('code' in thrown ? String(thrown.code) : thrown.name);
  const inner = thrown instanceof AggregateError ? thrown.errors[0] : thrown.cause;
  const because = inner === undefined ? '' : errorText(inner);
  return own.includes(because) ? own : `${own}: ${because}`;
}
