import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { test, type TestContext } from 'node:test';
import { startLocalServers, startRedis } from '../../src/local/local.ts';
import { eventually } from '../helpers/eventually.ts';
import {
  accepts,
  assertNothingIsLeft,
  dataDirectoriesIn,
  environmentIn,
  isAlive,
  parentOf,
  pidsOf,
  runStarter,
  segmentsOf,
  starterCommand,
  temporaryDirectory,
} from './machine.ts';

test('SIGKILL of the process that started them ends the servers and their guardian', async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, starterCommand, { env: environmentIn(temporary) });
  const { parts } = await starter.output;
  const [pid = assert.fail()] = pidsOf(parts);
  const guardian = parentOf(pid);
  assert.equal(parentOf(guardian), starter.process.pid);
  // Else the check that none is left would prove nothing.
  assert.equal(pidsOf(parts).flatMap(segmentsOf).length, 1);
  starter.process.kill('SIGKILL');
  await assertNothingIsLeft(parts, temporary);
  await eventually('the guardian has ended', () => !isAlive(guardian));
});

test('SIGKILL of the guardian ends the servers, and the one who started them hears of it', async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, starterCommand, { env: environmentIn(temporary) });
  const { parts } = await starter.output;
  const [pid = assert.fail()] = pidsOf(parts);
  process.kill(parentOf(pid), 'SIGKILL');
  await assertNothingIsLeft(parts, temporary);
  const { code, stderr } = await starter.exit;
  assert.equal(code, 70);
  assert.match(stderr, /the guardian of the local servers \(pid \d+\) ended with SIGKILL/);
});

test('SIGKILL of both at once ends the servers', async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, starterCommand, { env: environmentIn(temporary) });
  const { parts } = await starter.output;
  const pids = pidsOf(parts);
  const [pid = assert.fail()] = pids;
  const guardian = parentOf(pid);
  starter.process.kill('SIGKILL');
  process.kill(guardian, 'SIGKILL');
  await eventually('every server has ended', () => !pids.some(isAlive));
  assert.deepEqual(pids.flatMap(segmentsOf), []);
});

test('SIGTERM of npm run servers stops everything and exits with 0', async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, ['npm', 'run', '--silent', 'servers', '--', '--json'], {
    env: {
      ...environmentIn(temporary),
      npm_config_update_notifier: 'false',
      npm_config_cache: temporaryDirectory(t),
    },
  });
  const { parts } = await starter.output;
  starter.process.kill('SIGTERM');
  assert.equal((await starter.exit).code, 0);
  await assertNothingIsLeft(parts, temporary);
});

test('SIGINT while the servers are starting leaves nothing', async (t) => {
  const temporary = temporaryDirectory(t);
  const starter = runStarter(t, starterCommand, { env: environmentIn(temporary) });
  await eventually('the first server runs', () => dataDirectoriesIn(temporary).length > 0);
  starter.process.kill('SIGINT');
  const { code, stdout } = await starter.exit;
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '' });
  assert.deepEqual(dataDirectoriesIn(temporary), []);
});

test('a start that is killed while the roles are made leaves no shared memory', async (t) => {
  const { starter, temporary, pid } = await startMakingRoles(t);
  starter.process.kill('SIGKILL');
  await starter.exit;
  await eventually('the data is gone', () => dataDirectoriesIn(temporary).length === 0);
  assert.deepEqual(segmentsOf(pid), []);
});

test('a start that is aborted rejects with the reason, after everything has ended', async (t) => {
  const temporary = temporaryDirectory(t);
  const abort = new AbortController();
  const reason = new Error('changed my mind');
  const start = startLocalServers({
    environment: environmentIn(temporary),
    signal: abort.signal,
    onProgress: () => abort.abort(reason),
  });
  await assert.rejects(start, reason);
  assert.deepEqual(dataDirectoriesIn(temporary), []);
});

test('a server that dies by itself is reported with its last words; the others go on', async (t) => {
  const temporary = temporaryDirectory(t);
  const lines: string[] = [];
  const servers = await startLocalServers({
    environment: environmentIn(temporary),
    onProgress: (line) => lines.push(line),
  });
  t.after(() => servers.stop());
  const victim = servers.parts.find((part) => part.name === 'postgres') ?? assert.fail();
  const others = servers.parts.filter((part) => part !== victim);
  process.kill(victim.pid ?? assert.fail(), 'SIGKILL');
  const report = await eventually('the report', () => lines.find((line) => line.includes('ended by itself')));
  assert.match(report, /^postgres \(pid \d+\) ended by itself: SIGKILL: .*ready to accept connections/);
  for (const part of others) assert.equal(await accepts(part.address), true, part.name);
  // It could not give back its System V segment: the guardian does.
  await servers.stop();
  await assertNothingIsLeft(servers.parts, temporary);
});

test('a process that forgets to stop them and ends leaves nothing', async (t) => {
  const temporary = temporaryDirectory(t);
  const door = new URL('../../src/local/local.ts', import.meta.url).href;
  const script = `
    const { startRedis } = await import(${JSON.stringify(door)});
    const { env, parts } = await startRedis({ environment: process.env });
    console.log(JSON.stringify({ env, parts }));
    process.exit(3);`;
  const starter = runStarter(t, [process.execPath, '-e', script], { env: environmentIn(temporary) });
  const { parts } = await starter.output;
  assert.equal((await starter.exit).code, 3);
  await assertNothingIsLeft(parts, temporary);
});

test('Ctrl-C in a terminal reaches the starter alone: the servers are in another session', async (t) => {
  const temporary = temporaryDirectory(t);
  const servers = await startRedis({ environment: environmentIn(temporary) });
  t.after(() => servers.stop());
  const [pid = assert.fail()] = pidsOf(servers.parts);
  const guardian = parentOf(pid);
  // A group of that number exists only if the guardian leads one of its own; a terminal signals the foreground group.
  assert.equal(process.kill(-guardian, 0), true);
  const ended = once(process, 'SIGINT', { signal: AbortSignal.timeout(10_000) });
  process.kill(-guardian, 'SIGINT');
  process.kill(process.pid, 'SIGINT');
  await ended;
  assert.equal(isAlive(guardian), true);
});

/** PostgreSQL makes them in single-user mode, for so short a time that a start may have gone by unseen: then the next one is looked at. */
async function startMakingRoles(t: TestContext) {
  for (;;) {
    const temporary = temporaryDirectory(t);
    const starter = runStarter(t, starterCommand, { env: environmentIn(temporary) });
    let isUp = false;
    // It ends without a word where it is killed.
    starter.output.then(
      () => (isUp = true),
      () => {},
    );
    const pid = await eventually('PostgreSQL has its segment in single-user mode, or is up', () => {
      const single = singleUserPid(temporary);
      return single !== undefined && segmentsOf(single).length > 0 ? single : isUp && null;
    });
    if (pid !== null) return { starter, temporary, pid };
    starter.process.kill('SIGTERM');
    await starter.exit;
  }
}

function singleUserPid(temporary: string): number | undefined {
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry));
  const found = pids.find((pid) => {
    const line = commandLine(pid);
    return line.includes('--single') && line.includes(temporary);
  });
  return found === undefined ? undefined : Number(found);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
