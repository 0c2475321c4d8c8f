import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { InteractionSight } from '../../src/sandbox/client.ts';
import { upstreamNames, type UpstreamName } from '../../src/sandbox/upstream/upstream-names.ts';
import { featureStage, type FeatureStage } from '../features/stage.ts';
import { eventually } from '../helpers/eventually.ts';
import { say } from './figures.ts';

/** The default of UPSTREAM_RESET_MS, and what a busy machine adds. */
const resetMs = 30_000 + 15_000;

/** Six ask at once, and are not to be a load of their own. */
const lookEveryMs = 500;

const cities = ['Tokyo', 'Berlin', 'Hamburg', 'Munich', 'Madrid', 'Rome', 'Amsterdam', 'Vienna', 'Cairo'];

type Asked = readonly [command: string, options: Readonly<Record<string, string | number>>];

/** Something new each time, which no cache knows. */
const questions: Readonly<Record<UpstreamName, (turn: number) => Asked>> = {
  'open-meteo-geocoding': (turn) => ['weather', { city: `Nowhere ${turn}` }],
  'open-meteo': (turn) => ['weather', { city: cities[turn % cities.length] ?? '' }],
  github: (turn) => ['github user', { user: `mira-${turn}` }],
  wikipedia: (turn) => ['wiki', { term: `Tide ${turn}` }],
  dictionary: (turn) => ['define', { word: `tide ${'ab'.repeat(turn % 20)}` }],
  rates: () => ['convert currency', { amount: '1', from: 'EUR', to: 'USD' }],
};

test('every upstream through closed, open, half open, open, half open and closed, as its members see it', async () => {
  await using stage = await featureStage();
  // What `/weather` asks first is known, so that its forecast can fail by itself.
  for (const city of cities) await stage.type('weather', { city }, 'city');
  const answers = await Promise.all(upstreamNames.map((upstream) => strike(stage, upstream)));
  const ms = answers.flat().toSorted((one, other) => one - other);
  const median = ms[Math.floor(ms.length / 2)] ?? Number.NaN;
  say('upstreams', {
    'answers of open breakers': ms.length,
    median: `${median.toFixed(0)} ms`,
    slowest: `${ms.at(-1)?.toFixed(0)} ms`,
  });
  assert.ok(ms.every(Number.isFinite), 'one was not answered');
  assert.ok(median < 50, `the median is ${median.toFixed(0)} ms: an open breaker waits for nothing`);
});

/** How long each answer took while the breaker was open, as the sandbox saw it. */
async function strike(stage: FeatureStage, upstream: UpstreamName): Promise<number[]> {
  const { sandbox } = stage.world;
  const answersMs: number[] = [];
  let turn = 0;
  const ask = () => stage.run(...questions[upstream](turn++));
  const { fault } = await sandbox.switchOn({ kind: 'upstream', upstream, mode: 'status' });
  const struck = async () => (await sandbox.faults()).find(({ id }) => id === fault.id)?.struck;
  /** Whether the upstream was called for it. */
  const isCalled = async () => {
    const before = await struck();
    const seen = await ask();
    assert.ok(isAway(seen), upstream);
    const called = (await struck()) !== before;
    if (!called) answersMs.push(seen.answeredInMs ?? Number.NaN);
    return called;
  };
  await eventually(`the breaker of ${upstream} opens`, async () => !(await isCalled()));
  await eventually(`${upstream} is tried once more`, () => delay(lookEveryMs).then(isCalled), resetMs);
  for (let call = 0; call < 5; call++) assert.ok(!(await isCalled()), `${upstream} is left alone again`);
  await sandbox.clearFault(fault.id);
  await eventually(
    `${upstream} is used again`,
    () => delay(lookEveryMs).then(async () => !isAway(await ask())),
    resetMs,
  );
  for (let call = 0; call < 5; call++) assert.ok(!isAway(await ask()), upstream);
  return answersMs;
}

/** It says so, privately. */
function isAway({ embeds, ephemeral }: InteractionSight): boolean {
  return ephemeral && embeds[0]?.title?.endsWith('does not answer right now') === true;
}
