import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { exitCodes } from '../../src/lib/exit-codes.ts';
import { Failure } from '../../src/lib/failure.ts';
import { levelOf, valueNow } from '../../src/report/answers.ts';
import { panelHtml } from '../../src/report/panel-html.ts';
import { runReport } from '../../src/report/report.ts';
import { valueText } from '../../src/report/value-text.ts';

/** What it ends with, given these arguments. That it writes a page is a test of test/ops, with a real Prometheus. */
async function failing(...args: readonly string[]): Promise<{ code: number; message: string }> {
  try {
    await runReport(args, () => {});
  } catch (error) {
    if (error instanceof Failure) return { code: error.exitCode, message: error.message };
    throw error;
  }
  throw new Error('it did not fail');
}

test('a wrong argument is named with its value', async () => {
  const address = await failing('--prometheus', '127.0.0.1:9090');
  assert.equal(address.code, exitCodes.usage);
  assert.equal(address.message, '--prometheus must be an http address, not "127.0.0.1:9090"');
  const hours = await failing('--hours', '-1x');
  assert.equal(hours.code, exitCodes.usage);
});

test('that nothing answers, or something else, is said with the address', async () => {
  const other = createServer((_, response) => response.end('{"hello":1}'));
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  assert.deepEqual(await failing('--prometheus', url), {
    code: exitCodes.unavailable,
    message: `what answers at ${url} is no Prometheus`,
  });
  other.closeAllConnections();
  other.close();
  await once(other, 'close');
  const away = await failing('--prometheus', url);
  assert.equal(away.code, exitCodes.unavailable);
  assert.match(away.message, /^no Prometheus answers at http:\S+ \(.*\); --prometheus names its address$/);
});

test('values have their unit and three digits', () => {
  const texts = [
    valueText(0.0004, 's'),
    valueText(7_200, 's'),
    valueText(0.99951, 'percentunit'),
    valueText(185e6, 'bytes'),
    valueText(2.345, 'ops'),
    valueText(Number.NaN, 'short'),
  ];
  assert.deepEqual(
    texts.map((text) => text.replaceAll('\u{A0}', ' ')),
    ['400 µs', '2 h', '100 %', '176 MiB', '2.35/s', '–'],
  );
});

test('a series that has ended is not taken for how things are', () => {
  const range = { start: 0, end: 600, step: 15 };
  const bad = (...times: readonly number[]) => {
    const series = { labels: {}, points: times.map((at) => [at, 9] as const) };
    return { name: 'one', series, now: valueNow(series, range) };
  };
  const panel = { title: 'T', description: 'D', unit: 'short', queries: [], limits: { bad: 5 } } as const;
  const ended = { panel, found: [bad(0, 15, 30)] };
  assert.equal(levelOf(ended), 'good');
  assert.match(panelHtml(ended, range), /<td>–<\/td><td>9<\/td>/);
  assert.match(
    panelHtml({ panel: { ...panel, kind: 'timeline' }, found: ended.found }, range),
    /<td>–<\/td>/,
  );
  assert.equal(levelOf({ panel, found: [bad(0, 585)] }), 'bad');
});
