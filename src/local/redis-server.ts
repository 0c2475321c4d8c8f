import { connect } from 'node:net';
import { join } from 'node:path';
import { makeServerDirectory, writeServerFile } from './data-directory.ts';
import { runCommand } from './run-command.ts';
import { startServer } from './running-server.ts';
import { newPassword } from './scram.ts';
import type { LocalPart, ServerContext } from './server-context.ts';
import { ServerProcess } from './server-process.ts';

/** The two roles of Redis; production sets the same policies. */
const roles = {
  /** May lose anything at any time: no file, and the least recently used key makes room. */
  'redis-cache': ['maxmemory 128mb', 'maxmemory-policy allkeys-lru', 'appendonly no'],
  /** Sessions, leases, dedup: a full memory refuses writes rather than forget, a kill loses at most a second. */
  'redis-state': ['maxmemory 256mb', 'maxmemory-policy noeviction', 'appendonly yes', 'appendfsync everysec'],
} as const;

export async function startRedisServer(
  name: keyof typeof roles,
  program: string,
  context: ServerContext,
): Promise<{ part: LocalPart; url: string }> {
  const directory = await makeServerDirectory(context.dataDirectory, name, context.account);
  const password = newPassword();
  const config = join(directory, 'redis.conf');
  // In a file rather than as arguments: arguments are there for everyone to read.
  const lines = ['bind 127.0.0.1', 'save ""', `requirepass ${password}`, ...roles[name]];
  await writeServerFile(config, lines, context.account);
  const { process, port } = await startServer({
    run: (port) =>
      context.track(
        new ServerProcess({
          ...context,
          name,
          program,
          args: [config, '--port', String(port)],
          directory,
          stopSignal: 'SIGTERM',
          orphanSignal: 'KILL',
        }),
      ),
    probe: (port, signal) => ping(port, password, signal),
    signal: context.signal,
  });
  const address = `127.0.0.1:${port}`;
  const part = { name, address, pid: process.pid, version: await versionOf(program, context) };
  return { part, url: `redis://:${password}@${address}` };
}

/** Asks with Redis's inline commands, which need no client. */
async function ping(port: number, password: string, signal: AbortSignal): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', signal });
  try {
    socket.write(`AUTH ${password}\r\nPING\r\nQUIT\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    if (answer !== '+OK\r\n+PONG\r\n+OK\r\n')
      throw new Error(`Redis answered ${JSON.stringify(answer)} to PING`);
  } finally {
    socket.destroy();
  }
}

async function versionOf(program: string, context: ServerContext): Promise<string> {
  const { output } = await runCommand(program, ['--version'], context);
  return /v=(\S+)/.exec(output)?.[1] ?? 'unknown';
}
