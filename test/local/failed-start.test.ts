import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { freePort } from '../../src/local/free-port.ts';
import { renderPgbouncerConfig } from '../../src/local/pgbouncer-config.ts';
import { startServer } from '../../src/local/running-server.ts';
import { ServerProcess } from '../../src/local/server-process.ts';
import { startLocalServers } from '../../src/local/local.ts';
import { writeProgram } from './fake-programs.ts';
import { accepts, dataDirectoriesIn, environmentIn, repository, temporaryDirectory } from './machine.ts';

for (const [program, name] of [
  ['redis-server', 'redis-cache'],
  ['pgbouncer', 'pgbouncer'],
] as const) {
  test(`a broken ${program} fails the start with its last words, and nothing is left`, async (t) => {
    const temporary = temporaryDirectory(t);
    const broken = temporaryDirectory(t);
    writeProgram(broken, program, 'echo "cannot load libshoal.so" >&2; exit 3');
    const { PATH = '', ...rest } = environmentIn(temporary);
    const started: string[] = [];
    const start = startLocalServers({
      environment: { ...rest, PATH: `${broken}${delimiter}${PATH}` },
      onProgress: (line) => started.push(line),
    });
    await assert.rejects(start, {
      name: 'Failure',
      exitCode: 69,
      message: `${name} did not start: it ended with exit code 3: cannot load libshoal.so`,
    });
    assert.deepEqual(dataDirectoriesIn(temporary), []);
    for (const line of started) {
      const address = /on (\S+) /.exec(line)?.[1] ?? assert.fail(line);
      assert.equal(await accepts(address), false, line);
    }
  });
}

test('data to begin with that is not there is named, and nothing is left', async (t) => {
  const temporary = temporaryDirectory(t);
  const start = startLocalServers({
    environment: environmentIn(temporary),
    postgresData: join(temporary, 'nowhere'),
  });
  await assert.rejects(start, { name: 'Failure', message: /nowhere could not be copied to .*: cp: / });
  assert.deepEqual(dataDirectoriesIn(temporary), []);
});

test('a port that was taken in between is replaced by another', async (t) => {
  // Whoever asks gives up when our process has ended, in the middle of the answer.
  const squatter = createServer((socket) => socket.on('error', () => {}).end('not ours')).listen(
    0,
    '127.0.0.1',
  );
  await once(squatter, 'listening');
  t.after(() => squatter.close());
  const address = squatter.address();
  const taken = typeof address === 'object' && address !== null ? address.port : assert.fail();
  const ports = [taken, taken, await freePort()];
  const directory = join(temporaryDirectory(t), 'listener');
  mkdirSync(directory);
  const script = `require('node:net').createServer((socket) => socket.end('ours')).listen(process.argv[1], '127.0.0.1')`;
  const { process: server, port } = await startServer({
    run: (port) =>
      new ServerProcess({
        name: 'listener',
        program: process.execPath,
        args: ['-e', script, String(port)],
        directory,
        account: undefined,
        environment: environmentIn(directory),
        stopSignal: 'SIGTERM',
        orphanSignal: 'KILL',
      }),
    probe: async (port, signal) => {
      assert.equal(await text(connect({ port, host: '127.0.0.1', signal })), 'ours');
    },
    signal: AbortSignal.timeout(20_000),
    nextPort: async () => ports.shift() ?? assert.fail('asked for too many ports'),
  });
  t.after(() => server.stop());
  assert.deepEqual(ports, []);
  assert.notEqual(port, taken);
});

test('the template of PgBouncer keeps every setting but those that are replaced, which it must have', () => {
  const template = readFileSync(join(repository, 'pgbouncer', 'pgbouncer.ini'), 'utf8');
  const lines = renderPgbouncerConfig(template, { '*': 'host=127.0.0.1 port=5', listen_port: '6' });
  const original = template.split('\n');
  assert.deepEqual(
    lines.filter((line, index) => line !== original[index]),
    ['* = host=127.0.0.1 port=5', 'listen_port = 6'],
  );
  assert.throws(
    () => renderPgbouncerConfig(template, { no_such_key: '1' }),
    /no line "no_such_key = ..." to replace/,
  );
});
