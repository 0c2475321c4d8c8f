import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeIdentity, isGone, processIdentity } from '../../src/ipc/process-identity.ts';

const [machine, pid, start, host] = processIdentity.split('/');

test('this process is not gone, and is told by its host', () => {
  assert.equal(isGone(processIdentity), false);
  assert.equal(describeIdentity(processIdentity), `process ${process.pid} on host ${host}`);
});

test('who is stopped is not gone, who was killed is, and who had the pid before is', async () => {
  const child = spawn('sleep', ['60']);
  const ended = once(child, 'exit');
  try {
    const started = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ')[21];
    const identity = `${machine}/${child.pid}/${started}/${host}`;
    child.kill('SIGSTOP');
    assert.equal(isGone(identity), false);
    assert.equal(isGone(`${machine}/${child.pid}/${Number(started) - 1}/${host}`), true);
    child.kill('SIGKILL');
    await ended;
    assert.equal(isGone(identity), true);
  } finally {
    child.kill('SIGKILL');
  }
});

test('nothing is known of another machine or container', () => {
  assert.equal(isGone(`another:1/${pid}/1/${host}`), false);
  assert.equal(isGone(`another:1/4194305/${start}/${host}`), false);
});
