import type { FaultRequest } from '../../src/sandbox/client.ts';
import { again, type Fault } from './fault.ts';
import type { World } from './world.ts';

/** What goes wrong with Discord and the services that commands look things up in. */
export const outsideFaults: readonly Fault[] = [
  {
    name: 'upstream-fails',
    what: 'Wikipedia answers 503',
    alerts: [{ alert: 'BreakerOpen', labels: { breaker: 'upstream-wikipedia' } }],
    async strike(world) {
      const clear = await switchOn(world, { kind: 'upstream', upstream: 'wikipedia', mode: 'status' });
      const stop = askForArticles(world);
      // The next question after its 30 s closes the breaker again.
      world.kept.defer(stop);
      return clear;
    },
  },
  {
    name: 'discord-slow',
    what: 'Discord takes every answer 1.5 s late',
    alerts: [
      { alert: 'InteractionP99High' },
      { alert: 'InteractionsSlow', labels: { severity: 'critical' } },
    ],
    strike: (world) => switchOn(world, { kind: 'rest-latency', route: 'POST /interactions/*', ms: 1_500 }),
  },
  {
    name: 'discord-limits',
    what: 'Discord answers 429 to every second answer',
    alerts: [{ alert: 'RestRateLimited' }],
    strike: (world) =>
      switchOn(world, {
        kind: 'rest-limit',
        route: 'POST /interactions/*',
        share: 0.5,
        retry_after_ms: 100,
      }),
  },
  {
    name: 'sessions-invalidated',
    what: 'Discord ends every session each 8 s (op 9)',
    alerts: [{ alert: 'SessionsInvalidated' }],
    strike: (world) => switchOn(world, { kind: 'invalidate-sessions', resumable: false, every_ms: 8_000 }),
  },
];

async function switchOn({ bot }: World, request: FaultRequest) {
  const { fault } = await bot.world.sandbox.switchOn(request);
  return () => bot.world.sandbox.clearFault(fault.id);
}

/** Something new each time, which no cache knows. */
function askForArticles(world: World) {
  return again(300, async (turn) => void (await world.run('wiki', { term: `Tide ${turn}` })));
}
