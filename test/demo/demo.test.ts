import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { eventually } from '../helpers/eventually.ts';
import { openapiJudge, withoutDescription } from '../helpers/openapi/openapi.ts';
import { makeRestTap } from '../helpers/openapi/tapped-rest.ts';
import { assertFaithful, assertWellSpoken } from '../helpers/openapi/verdict.ts';
import { testServers } from '../helpers/servers.ts';
import { processesWith, root, runToEnd } from '../helpers/processes.ts';

describe('npm run demo', () => {
  let directory: string;
  const started: ChildProcess[] = [];
  let env: Readonly<Record<string, string | undefined>>;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'shoal-demo-test-'));
    // PostgreSQL runs as another user where the test runs as root, and must get in.
    chmodSync(directory, 0o755);
    const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
    env = { PATH, HOME, NODE_COMPILE_CACHE, TMPDIR: directory };
  });

  afterEach(() => {
    for (const demo of started.splice(0)) demo.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true });
  });

  /** Every process of the demo has the temporary directory in its environment. */
  const own = () => processesWith('TMPDIR', directory);

  function start(servers: Readonly<Record<string, string>> = {}): ChildProcess {
    const args = [path.join(root, 'src/bin/demo.ts'), '--shards', '1'];
    const demo = spawn(process.execPath, args, {
      env: { ...env, ...servers },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    started.push(demo);
    return demo;
  }

  test('--smoke shows every part, checks what members see, leaves nothing, and is as Discord describes it', async (t) => {
    await using tap = await makeRestTap();
    const environment = { ...env, ...tap.env };
    const { code, stdout, stderr } = await runToEnd('demo', ['--smoke', '--shards', '3'], environment);
    assert.equal(code, 0, stdout + stderr);
    for (const part of [
      'postgres',
      'pgbouncer',
      'redis-cache',
      'redis-state',
      'sandbox',
      'manager',
      'jobs',
      'shard 0',
      'shard 2',
    ]) {
      assert.match(stdout, new RegExp(`^  ${part} +\\S+ +\\d+ +\\d`, 'm'));
    }
    assert.match(stdout, /: \/ping\n.*Pong!\n.*Shard: 0 of 3/);
    assert.match(stdout, /: \/settings set time_zone:Europe\/Berlin.*\n.*Saved/);
    assert.match(stdout, /Shards: 3 of 3 ready/);
    assert.deepEqual(own(), []);
    assert.deepEqual(readdirSync(directory), []);
    const exchanges = await tap.exchanges();
    assert.ok(exchanges.length >= 10, `${exchanges.length} requests`);
    const judge = openapiJudge();
    if (!judge) return t.diagnostic(withoutDescription);
    await assertFaithful(judge, exchanges);
    await assertWellSpoken(judge, exchanges);
  });

  test('it stays up until Ctrl-C, and leaves nothing; one beside it ends with the last words of a part that dies', async () => {
    const [one, two] = [start(), start()];
    await Promise.all([upAndPlaying(one), upAndPlaying(two)]);
    one.kill('SIGINT');
    assert.deepEqual(await once(one, 'exit'), [0, null]);
    const managers = own().filter((pid) => commandLine(pid).includes('manager.ts'));
    assert.equal(managers.length, 1);
    process.kill(managers[0] ?? 0, 'SIGKILL');
    assert.deepEqual(await once(two, 'exit'), [70, null]);
    assert.deepEqual(own(), []);
    assert.deepEqual(readdirSync(directory), []);
  });

  test('killed with SIGKILL it leaves no process, socket or data behind', async () => {
    const demo = start();
    await upAndPlaying(demo);
    assert.ok(own().length >= 6, `only ${own().length} processes`);
    demo.kill('SIGKILL');
    await eventually('everything ended', () => own().length === 0, 30_000);
    assert.deepEqual(readdirSync(directory), []);
  });

  test('when its reader has seen enough (| head) it ends in peace', async () => {
    const demo = start();
    demo.stdout?.once('data', () => demo.stdout?.destroy());
    const [code] = (await once(demo, 'exit')) as [number];
    assert.equal(code, 0);
    assert.deepEqual(own(), []);
  });

  test('servers that the environment names are used, and said; SIGTERM ends it', async () => {
    const servers = await testServers();
    const demo = start(servers.env);
    const printed = await upAndPlaying(demo);
    assert.match(printed, /^ {2}postgres: using yours at 127\.0\.0\.1:\d+, as the environment says$/m);
    assert.match(printed, /^ {2}redis-state +\S+ +given +given$/m);
    demo.kill('SIGTERM');
    assert.deepEqual(await once(demo, 'exit'), [0, null]);
    assert.deepEqual(own(), []);
    await servers.stop();
  });

  test('Ctrl-C while it starts', async () => {
    const demo = start();
    await eventually('servers are starting', () => own().length > 2, 30_000);
    demo.kill('SIGINT');
    const [code] = (await once(demo, 'exit')) as [number];
    assert.equal(code, 0);
    assert.deepEqual(own(), []);
    assert.deepEqual(readdirSync(directory), []);
  });

  test('a guild for every shard is needed', async () => {
    const { code, stderr } = await runToEnd('demo', ['--smoke', '--shards', '9', '--guilds', '1'], env);
    assert.equal(code, 64);
    assert.match(stderr, /^demo: .*--guilds/);
  });
});

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}

/** What it has printed by then. */
async function upAndPlaying(demo: ChildProcess): Promise<string> {
  let printed = '';
  demo.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await eventually('it stays up', () => printed.includes('stays up until Ctrl-C'), 60_000);
  const playground = await eventually(
    'its page',
    () => /^Playground: (http:\/\/127\.0\.0\.1:\d+\/)$/m.exec(printed)?.[1],
  );
  assert.match(await (await fetch(playground)).text(), /<title>Shoal playground<\/title>/);
  return printed;
}
