/** A client in a loop breaks a rule for ever; its latest breaches are enough. */
const kept = 1_000;

/** Adds to a record of what went wrong, which keeps the latest entries only. */
export function recordIn<T>(record: T[], entry: T): void {
  record.push(entry);
  if (record.length > kept) record.shift();
}
