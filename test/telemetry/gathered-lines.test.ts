import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GatheredLines } from '../../src/telemetry/gathered-lines.ts';
import { eventually } from '../helpers/eventually.ts';

function recorder() {
  const written: string[] = [];
  return { written, lines: new GatheredLines({ write: (text) => written.push(text) }) };
}

test('lines of one moment are written together, in order and without being told to', async () => {
  const { written, lines } = recorder();
  lines.write('one\n');
  lines.write('two\n');
  assert.deepEqual(written, []);
  await eventually('they are written', () => written.length > 0);
  assert.deepEqual(written, ['one\ntwo\n']);
  lines.write('three\n');
  await eventually('the next is, too', () => written.length > 1);
});

test('what is written at once is at most what a pipe takes as a whole, by its bytes; a longer line stands alone', () => {
  const { written, lines } = recorder();
  const [half, long] = [`${'é'.repeat(1_023)}12`, 'x'.repeat(5_000)];
  for (const line of [half, half, 'more', long, 'last']) lines.write(line);
  assert.deepEqual(written, [half + half, 'more', long]);
  lines.flush();
  lines.flush();
  assert.deepEqual(written.slice(3), ['last'], 'nothing is written twice');
});
