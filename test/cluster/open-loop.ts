import type { InteractionSight, SandboxClient } from '../../src/sandbox/client.ts';

export interface OpenLoop extends AsyncDisposable {
  /** Stops starting new ones; resolves with what the members saw of all of them. */
  end(): Promise<readonly InteractionSight[]>;
}

/** Members of these guilds in turn use `/ping` at a steady rate, whether or not they are answered: a gap shows. */
export function openLoop(sandbox: SandboxClient, guildIds: readonly string[], perSecond: number): OpenLoop {
  const sent: Promise<InteractionSight>[] = [];
  const startedMs = performance.now();
  const send = () => {
    const guildId = guildIds[sent.length % guildIds.length] ?? '';
    const seen = sandbox.runCommand({ guildId, command: 'ping' });
    // `end` hears of it.
    seen.catch(() => {});
    sent.push(seen);
  };
  // By what is due and not one a tick: timers run late, and each would lower the rate.
  const timer = setInterval(() => {
    const due = ((performance.now() - startedMs) * perSecond) / 1_000;
    while (sent.length < due) send();
  }, 1_000 / perSecond);
  return {
    async end() {
      clearInterval(timer);
      return Promise.all(sent);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await Promise.allSettled(sent);
    },
  };
}
