import { setInterval as every } from 'node:timers/promises';
import type { InteractionSight, SandboxClient } from '../../src/sandbox/client.ts';

export interface Sent {
  /** `performance.now()` when the member pressed enter. */
  readonly atMs: number;
  readonly seen: InteractionSight;
}

/** Members who use a command at a steady rate, whether or not it is answered, until the work is done. */
export async function underStream(
  sandbox: SandboxClient,
  guildId: string,
  perSecond: number,
  work: () => Promise<void>,
): Promise<readonly Sent[]> {
  const stop = new AbortController();
  const sent: Promise<Sent>[] = [];
  const run = async (): Promise<Sent> => {
    const atMs = performance.now();
    return { atMs, seen: await sandbox.runCommand({ guildId, command: 'echo', options: { text: 'fish' } }) };
  };
  const stream = (async () => {
    for await (const _ of every(1_000 / perSecond, undefined, { signal: stop.signal })) sent.push(run());
  })().catch(() => {});
  try {
    await work();
  } finally {
    stop.abort();
    await stream;
  }
  return Promise.all(sent);
}
