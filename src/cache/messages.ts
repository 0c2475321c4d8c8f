/** A committed write: every L1 entry of `key` older than `version` is outdated. `origin` is the instance that wrote, `atMs` when, by its host's clock; the release before this one does not say. */
export interface Invalidation {
  readonly namespace: string;
  readonly key: string;
  readonly version: number;
  readonly origin: string;
  readonly atMs?: number;
}

export function heartbeatText(origin: string): string {
  return JSON.stringify({ heartbeat: origin });
}

export function invalidationText(invalidation: Invalidation): string {
  return JSON.stringify(invalidation);
}

/** Undefined for a message that this release does not know. */
export function parseMessage(text: string): Invalidation | 'heartbeat' | undefined {
  const message = parseObject(text);
  if (message === undefined) return undefined;
  if ('heartbeat' in message) return 'heartbeat';
  const { namespace, key, version, origin, atMs } = message;
  if (typeof namespace !== 'string' || typeof key !== 'string') return undefined;
  if (typeof version !== 'number' || typeof origin !== 'string') return undefined;
  return { namespace, key, version, origin, ...(typeof atMs === 'number' && { atMs }) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
