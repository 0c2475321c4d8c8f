import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { Channel } from '../../src/ipc/ipc.ts';

interface Asked {
  pid(): number;
  never(): null;
  broken(): null;
  unheard(): null;
  echo(): string;
  greet(name: string): string;
}

interface Served {
  name(): string;
}

const fixture = path.join(import.meta.dirname, 'ipc-child.ts');

describe('ipc between two real processes', () => {
  let child: ChildProcess;
  afterEach(() => child.kill('SIGKILL'));

  function connect(): Channel<Asked, Served> {
    child = fork(fixture);
    return new Channel<Asked, Served>(child, { name: () => 'parent' });
  }

  test('a request is answered, both ways', async () => {
    const channel = connect();
    assert.equal(await channel.request('pid', 5_000), child.pid);
    assert.equal(await channel.request('echo', 5_000), 'the child asked: parent');
    assert.equal(await channel.request('greet', 5_000, 'Ada'), 'hello Ada');
  });

  test('a failing or missing handler refuses with the reason', async () => {
    const channel = connect();
    await assert.rejects(channel.request('broken', 5_000), { message: 'broken: no luck today' });
    await assert.rejects(channel.request('unheard', 5_000), {
      message: 'unheard: this process does not answer unheard',
    });
  });

  test('silence ends at the deadline', async () => {
    await assert.rejects(connect().request('never', 50), { message: 'never: no answer within 50 ms' });
  });

  test('the death of the other side ends what waits, and what is asked later', async () => {
    const channel = connect();
    await channel.request('pid', 5_000);
    const waiting = assert.rejects(channel.request('never', 60_000), {
      message: 'never: the other process is gone',
    });
    child.kill('SIGKILL');
    await waiting;
    await assert.rejects(channel.request('pid', 60_000), { message: 'pid: the other process is gone' });
  });

  test('a process that says what nobody understands harms only itself', async () => {
    child = fork(fixture, ['garbled']);
    const failed = Promise.withResolvers<string>();
    const heard: unknown[] = [];
    const channel = new Channel<Asked, Served>(
      child,
      { name: () => 'parent' },
      {
        beat: ({ lines }) => void heard.push(...lines),
        serving: (serving) => void heard.push(serving),
        failed: failed.resolve,
      },
    );
    assert.equal(await failed.promise, 'that was all');
    assert.deepEqual(heard, []);
    assert.equal(await channel.request('pid', 5_000), child.pid);
  });

  test('notices arrive, and messages that are not ours are ignored', async () => {
    const ready = Promise.withResolvers<readonly number[]>();
    const failed = Promise.withResolvers<string>();
    child = fork(fixture, ['notices']);
    const channel = new Channel<Asked, Served>(
      child,
      { name: () => 'parent' },
      { serving: ready.resolve, failed: failed.resolve },
    );
    child.send({ _eval: 'process.exit(9)' });
    assert.deepEqual(await ready.promise, [0, 2]);
    assert.equal(await failed.promise, 'out of fish');
    assert.equal(await channel.request('pid', 5_000), child.pid);
    child.disconnect();
    const [code] = (await once(child, 'exit')) as [number];
    assert.equal(code, 0);
  });
});
