import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { assertNoneLost, assertOneOwner, figuresOf, say } from './figures.ts';
import { Stage } from './stage.ts';

const stormMs = 15_000;

test('latency, an op 7 storm, doubled and reordered dispatches at once: none doubled, none lost', async () => {
  await using stage = await Stage.open();
  const outcome = await stage.underLoad(async () => {
    await stage.sandbox.switchOn({ kind: 'gateway-latency', ms: 40, jitter_ms: 40 });
    await stage.sandbox.switchOn({ kind: 'duplicate-dispatch', share: 0.2 });
    await stage.sandbox.switchOn({ kind: 'reorder-dispatch', share: 0.2 });
    await stage.sandbox.switchOn({ kind: 'reconnect', every_ms: 4_000 });
    // The storm rages for so long.
    await delay(stormMs);
    await stage.sandbox.clearFaults();
  });
  say('disturbed dispatches', figuresOf(outcome));
  assertNoneLost(outcome.report.lost);
  assertOneOwner(outcome.report);
});
