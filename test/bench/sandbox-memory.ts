import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { WebSocket } from 'ws';
import { root } from '../helpers/processes.ts';

/**
 * What the largest world costs: every guild of every shard is sent once in a GUILD_CREATE to a real sandbox process'
 * clients, which stay connected. Prints a table and, as the last line, the same as JSON; ends with 1 where the sandbox
 * took more memory than it may.
 */

const budgetMb = 1_536;
/** GUILDS: what streams the guilds, and nothing else. */
const intents = 1;
/** Each session has 5 s of identify window: so many buckets let all of them begin at once. */
const maxConcurrency = 64;

/** Well within what the gateway asks for. */
const heartbeatMs = 20_000;

type Address = { readonly gatewayUrl: string; readonly token: string };
type Tally = { guilds: number; bytes: number; readonly socket: WebSocket };

const { values } = parseArgs({
  options: {
    guilds: { type: 'string', default: '50000' },
    shards: { type: 'string', default: '64' },
  },
});
const [guilds, shards] = [Number(values.guilds), Number(values.shards)];

const sandbox = startProcess();
try {
  const address = await addressOf(sandbox);
  const idleMb = memoryMb(sandbox).now;
  const begin = performance.now();
  const sessions = await Promise.all(
    Array.from({ length: shards }, (_, shardId) => receive(address, shardId)),
  );
  const seconds = (performance.now() - begin) / 1_000;
  const { now: connectedMb, peak: peakMb } = memoryMb(sandbox);
  for (const { socket } of sessions) socket.terminate();
  report({
    guilds,
    shards,
    received: sum(sessions.map((session) => session.guilds)),
    megabytes: Math.round(sum(sessions.map(({ bytes }) => bytes)) / 2 ** 20),
    seconds: Number(seconds.toFixed(1)),
    idleRssMb: idleMb,
    connectedRssMb: connectedMb,
    peakRssMb: peakMb,
    budgetMb,
    ok: peakMb <= budgetMb,
  });
} finally {
  sandbox.kill('SIGKILL');
}

function startProcess(): ChildProcess {
  const flags = Object.entries({ guilds, shards, 'max-concurrency': maxConcurrency });
  const args = flags.flatMap(([name, value]) => [`--${name}`, String(value)]);
  return spawn(process.execPath, [path.join(root, 'src/bin/sandbox.ts'), ...args, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function addressOf({ stdout }: ChildProcess): Promise<Address> {
  if (!stdout) throw new Error('the sandbox has no output');
  for await (const line of createInterface(stdout)) return JSON.parse(line) as Address;
  throw new Error('the sandbox ended before it served');
}

/** A bare client of one shard, connected and with all its guilds. */
async function receive({ gatewayUrl, token }: Address, shardId: number): Promise<Tally> {
  const socket = new WebSocket(`${gatewayUrl}/?v=10&encoding=json`);
  const tally: Tally = { guilds: 0, bytes: 0, socket };
  const properties = { os: 'bench', browser: 'bench', device: 'bench' };
  const identify = { op: 2, d: { token, intents, properties, shard: [shardId, shards] } };
  const complete = Promise.withResolvers<void>();
  let expected = Infinity;
  socket.on('message', (data: Buffer) => {
    tally.bytes += data.length;
    const head = data.subarray(0, 40).toString();
    if (head.includes('"op":10')) socket.send(JSON.stringify(identify));
    if (head.startsWith('{"t":"READY"')) expected = guildsIn(data);
    if (head.startsWith('{"t":"GUILD_CREATE"')) tally.guilds += 1;
    if (tally.guilds >= expected) complete.resolve();
  });
  const heartbeat = setInterval(() => socket.send('{"op":1,"d":null}'), heartbeatMs);
  socket.once('close', () => clearInterval(heartbeat));
  socket.once('close', (code) => complete.reject(new Error(`shard ${shardId} was closed with ${code}`)));
  await complete.promise;
  return tally;
}

function guildsIn(ready: Buffer): number {
  return (JSON.parse(ready.toString()) as { d: { guilds: unknown[] } }).d.guilds.length;
}

/** Resident memory of the process by the kernel's own account (proc(5)): now, and the most it ever was. */
function memoryMb({ pid }: ChildProcess): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (field: string) =>
    Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
  return { now: mb('VmRSS'), peak: mb('VmHWM') };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

function report(result: Readonly<Record<string, number | boolean>>): void {
  const rows = Object.entries(result).map(
    ([name, value]) => `${name.padEnd(16)}${String(value).padStart(10)}`,
  );
  process.stdout.write(`${rows.join('\n')}\n${JSON.stringify(result)}\n`);
  if (result['ok'] !== true) process.exitCode = 1;
}
