import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { LocalPart } from '../../src/local/local.ts';
import { eventually } from '../helpers/eventually.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export const servers = ['redis-cache', 'redis-state', 'postgres', 'pgbouncer'];

/** A temporary directory that any user may enter. */
export function makeTemporaryDirectory(): string {
  const path = mkdtempSync(join(tmpdir(), 'shoal-test-'));
  chmodSync(path, 0o777);
  return path;
}

/** One that is gone after the test. */
export function temporaryDirectory(t: TestContext): string {
  const path = makeTemporaryDirectory();
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** What a starter needs of the environment, with a temporary directory of its own. */
export function environmentIn(directory: string): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;
  return { PATH, NODE_COMPILE_CACHE, TMPDIR: directory };
}

/** A zombie, which nobody has waited for yet, is not alive. */
export function isAlive(pid: number): boolean {
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout !== '' && !stdout.startsWith('Z');
}

export function parentOf(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));
}

/** System V segments that this process created. */
export function segmentsOf(pid: number): string[] {
  const lines = execFileSync('ipcs', ['-m', '-p'], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.trim().split(/\s+/)[2] === String(pid));
}

export async function accepts(address: string): Promise<boolean> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const socket = connect(Number(port), hostname);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Pids of what was started; the guardian is the parent of all. */
export function pidsOf(parts: readonly LocalPart[]): number[] {
  return parts.map(({ name, pid }) => pid ?? assert.fail(`${name} has no pid`));
}

export function dataDirectoriesIn(temporary: string): string[] {
  return readdirSync(temporary).filter((name) => name.startsWith('shoal-local-'));
}

/** What must be true a moment after the servers ended, however they did. */
export async function assertNothingIsLeft(parts: readonly LocalPart[], temporary: string): Promise<void> {
  const pids = pidsOf(parts);
  await eventually('every process has ended', () => !pids.some(isAlive));
  await eventually('the data directory is gone', () => dataDirectoriesIn(temporary).length === 0);
  for (const part of parts) {
    assert.equal(await accepts(part.address), false, `${part.name} still listens on ${part.address}`);
  }
  assert.deepEqual(pids.flatMap(segmentsOf), []);
}

export interface Starter {
  readonly process: ChildProcess;
  /** Its first line of standard output, parsed. */
  readonly output: Promise<{ env: Record<string, string>; parts: LocalPart[] }>;
  readonly exit: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Runs a command that starts servers and prints them as JSON. It is killed after the test if it still runs. */
export function runStarter(
  t: TestContext,
  command: readonly string[],
  options: { readonly env: Record<string, string>; readonly cwd?: string },
): Starter {
  const [program = process.execPath, ...args] = command;
  const child = spawn(program, args, {
    cwd: repository,
    ...options,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  t.after(() => killGroup(child));
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += String(chunk)));
  const exit = once(child, 'close', { signal: AbortSignal.timeout(60_000) }).then(
    ([code]: (number | null)[]) => ({
      code: code ?? null,
      stdout,
      stderr,
    }),
  );
  const output = new Promise<{ env: Record<string, string>; parts: LocalPart[] }>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += String(chunk);
      if (stdout.startsWith('{') && stdout.includes('\n')) {
        resolve(JSON.parse(stdout) as { env: Record<string, string>; parts: LocalPart[] });
      }
    });
    void exit.then(({ code }) => reject(new Error(`it ended with ${code}: ${stderr}`)));
  });
  // A test that expects a failure looks at `exit` alone.
  output.catch(() => {});
  return { process: child, output, exit };
}

/** npm and the shell that it runs scripts with are one group with the starter; the guardian is not. */
function killGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** The starter as `npm run servers` runs it, without npm. */
export const starterCommand = [
  process.execPath,
  '--import',
  './src/bin/require-node.js',
  'src/bin/servers.ts',
  '--json',
];
