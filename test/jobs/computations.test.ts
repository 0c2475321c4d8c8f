import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { compute } from '../../src/jobs/computations.ts';
import { eventually } from '../helpers/eventually.ts';
import { computing } from './computing.ts';

const never = new AbortController().signal;

describe('a computation', () => {
  test('gets its input and gives its result, and no secret of the environment', async () => {
    assert.deepEqual(await compute(computing(), { n: 7, what: 'square' }, never), { n: 49 });
    assert.deepEqual(await compute(computing(), { n: 1, what: 'environment' }, never), []);
  });

  test('what it throws is thrown, and what ends it is told', async () => {
    await assert.rejects(compute(computing(), { n: 1, what: 'fail' }, never), /the sum is wrong/);
    await assert.rejects(compute(computing(24), { n: 1, what: 'eat' }, never), /memory limit of 24 MiB/);
    const late = new Error('too late');
    const stop = new AbortController();
    const spinning = compute(computing(), { n: 1, what: 'spin' }, stop.signal);
    stop.abort(late);
    await assert.rejects(spinning, late);
  });

  test('dies with the process that asked for it', async () => {
    const parent = spawn(process.execPath, [new URL('computing.ts', import.meta.url).pathname]);
    const { pid = 0 } = parent;
    const child = await eventually('it computes', () => {
      const [first] = childrenOf(pid);
      return first !== undefined && cpuTicks(first) > 50 && first;
    });
    parent.kill('SIGKILL');
    await eventually('it is gone', () => !existsSync(`/proc/${child}`));
  });
});

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return text === '' ? [] : text.split(' ').map(Number);
}

/** In user mode; a hundredth of a second each (proc_pid_stat(5)). */
function cpuTicks(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[11]);
}
