import type { APIAuditLogChange, APIAuditLogEntry, AuditLogEvent } from 'discord-api-types/v10';

/** Who did something, and why: what the audit log says of it. */
export type Deed = { readonly by: string; readonly reason?: string };

/** Discord keeps an entry for 45 days (resources/audit-log.mdx), the sandbox so many of a guild. */
const kept = 500;

export type LogEntry = {
  readonly action: AuditLogEvent;
  readonly target: string | null;
  readonly changes?: readonly AuditChange[];
  readonly options?: Readonly<Record<string, string>>;
};

export type AuditChange = {
  readonly key: string;
  readonly old_value?: unknown;
  readonly new_value?: unknown;
};

/** Adds an entry to the log, which forgets its oldest. */
export function addEntry(
  log: APIAuditLogEntry[],
  id: string,
  deed: Deed,
  { action, target, changes = [], options }: LogEntry,
): APIAuditLogEntry {
  const entry: APIAuditLogEntry = {
    id,
    user_id: deed.by,
    target_id: target,
    action_type: action,
    ...(changes.length > 0 && { changes: changes as APIAuditLogChange[] }),
    ...(options && { options }),
    ...(deed.reason !== undefined && { reason: deed.reason }),
  };
  log.push(entry);
  if (log.length > kept) log.shift();
  return entry;
}

/** What differs between two states of a thing, by field: made where there was none before, deleted where there is none after. */
export function differences(before: object | undefined, after: object | undefined): AuditChange[] {
  const [old, now] = [before ?? {}, after ?? {}].map(
    (state) => new Map<string, unknown>(Object.entries(state)),
  );
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].flatMap((key) => {
    const [old_value, new_value] = [old?.get(key), now?.get(key)];
    if (JSON.stringify(old_value) === JSON.stringify(new_value)) return [];
    return {
      key,
      ...(isSaid(old_value) && { old_value }),
      ...(isSaid(new_value) && { new_value }),
    };
  });
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}
