import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, mock, test } from 'node:test';
import { Breakers, type Breaker } from '../../src/breaker/breaker.ts';
import { silentLog } from '../helpers/silent-log.ts';

let breakers: Breakers;
let breaker: Breaker;
let calls: number;

const fail = () => {
  calls += 1;
  return Promise.reject(new Error('no answer', { cause: new Error('the cable is cut') }));
};
const succeed = () => {
  calls += 1;
  return Promise.resolve('well');
};

async function failTimes(times: number): Promise<void> {
  for (let call = 0; call < times; call++) await assert.rejects(breaker.run(fail), /no answer/);
}

/** Until the breaker is half open, and a probe has ended. */
async function tick(): Promise<void> {
  mock.timers.tick(500);
  await nextTurn();
}

beforeEach(() => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: 1_000 });
  breakers = new Breakers(silentLog);
  breaker = breakers.add({ name: 'server', resetMs: 500 });
  calls = 0;
});
afterEach(() => {
  breakers.stop();
  mock.timers.reset();
});

test('it opens at the fifth failure and spares further calls', async () => {
  await failTimes(4);
  assert.equal(breaker.status().state, 'closed');
  mock.timers.tick(100);
  await failTimes(1);
  await assert.rejects(breaker.run(succeed), /open/);
  assert.equal(calls, 5);
  const reason = 'no answer: the cable is cut';
  const status = { breaker: 'server', state: 'open', sinceMs: 1_100, failures: 5, rejected: 1, reason };
  assert.deepEqual(breakers.status(), [status]);
});

test('some failures among many calls leave it closed', async () => {
  for (let round = 0; round < 10; round++) {
    await breaker.run(succeed);
    await failTimes(1);
    await breaker.run(succeed);
  }
  assert.equal(breaker.status().state, 'closed');
});

test('half open it lets one call of many through; that one closes it', async () => {
  await failTimes(5);
  mock.timers.tick(500);
  assert.equal(breaker.status().state, 'half-open');
  const all = await Promise.allSettled(Array.from({ length: 50 }, () => breaker.run(succeed)));
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1);
  assert.equal(calls, 6);
  assert.deepEqual([breaker.status().state, breaker.status().sinceMs], ['closed', 1_500]);
  assert.equal(await breaker.run(succeed), 'well');
});

test('half open a failure opens it again, for as long as before', async () => {
  await failTimes(5);
  mock.timers.tick(500);
  await failTimes(1);
  mock.timers.tick(499);
  assert.deepEqual([breaker.status().state, breaker.status().sinceMs], ['open', 1_000]);
  mock.timers.tick(1);
  assert.equal(breaker.status().state, 'half-open');
});

test('a probe decides in the place of the next caller, as often as it takes', async () => {
  let answers = false;
  const probe = () => (answers ? succeed() : fail());
  breaker = breakers.add({ name: 'probed', resetMs: 500, probe });
  await failTimes(5);
  await tick();
  assert.deepEqual([breaker.status().state, calls], ['open', 6]);
  answers = true;
  await tick();
  assert.deepEqual([breaker.status().state, calls], ['closed', 7]);
});

test('failures are forgotten after ten seconds', async () => {
  await failTimes(4);
  mock.timers.tick(11_000);
  await failTimes(1);
  assert.equal(breaker.status().state, 'closed');
});

test('a name stands for one thing that is called', () => {
  assert.throws(() => breakers.add({ name: 'server', resetMs: 1 }), /breaker server already/);
});
