import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from '../../src/local/find-program.ts';
import { pgbouncerProgram, redisProgram } from '../../src/local/server-programs.ts';
import { root } from '../helpers/processes.ts';
import { numberFlag } from './number-flag.ts';
import { rounded } from './spread.ts';

/**
 * A newcomer's first run: from the clone, with an empty npm cache, until a member of the sandbox has the answer to a command. Prints what
 * took how long. Needs the network for what npm fetches. The clone is of this folder, so that it costs no network; servers of the system
 * that are there already are named, the others the demo installs. `--deadline=N`: seconds that it may take in all (default 900).
 */
const deadlineS = numberFlag('deadline', 900);
const deadline = AbortSignal.timeout(deadlineS * 1_000);
const commands = [redisProgram, pgbouncerProgram].map(({ command }) => command);
const present = commands.filter((command) => findProgram(command, process.env) !== undefined);
const folder = mkdtempSync(path.join(tmpdir(), 'shoal-first-run-'));
// PostgreSQL runs as another user where this runs as root, and must get in.
chmodSync(folder, 0o755);
const clone = path.join(folder, 'shoal');
const { NODE_COMPILE_CACHE: _, ...own } = process.env;
const env = { ...own, npm_config_cache: path.join(folder, 'npm-cache'), TMPDIR: folder };
try {
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1_000;
  await run(['git', 'clone', '--quiet', root, clone], folder);
  const clonedS = seconds();
  await run(['npm', 'ci'], clone);
  const installedS = seconds();
  // What the demo prints of its member's first command.
  await run(['npm', 'run', 'demo'], clone, /^ +Shoal: /);
  const answeredS = seconds();
  const parts = { clone: clonedS, 'npm ci': installedS - clonedS, demo: answeredS - installedS };
  for (const [name, took] of Object.entries(parts))
    process.stdout.write(`${name.padEnd(8)}${took.toFixed(1).padStart(7)} s\n`);
  process.stdout.write(
    `the clone was of a local folder; there already: ${present.join(', ') || 'no server of the system'}\n`,
  );
  const result = {
    first_run_s: rounded(answeredS),
    clone: 'local',
    there_already: present,
    load_average: rounded(loadavg()[0] ?? 0),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  // Servers of a demo that was killed may still remove theirs.
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/**
 * Runs it to its end, or until it prints `until`, and interrupts it then. Throws where it ends otherwise, or not in time: its whole group
 * is killed at the deadline.
 */
async function run(command: readonly string[], cwd: string, until?: RegExp): Promise<void> {
  const [name = '', ...args] = command;
  const child = spawn(name, args, { cwd, env, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const signal = (which: NodeJS.Signals) => child.pid !== undefined && process.kill(-child.pid, which);
  const kill = () => signal('SIGKILL');
  deadline.addEventListener('abort', kill);
  try {
    const exited = once(child, 'exit') as Promise<[number | null]>;
    const seen = Promise.withResolvers<true>();
    createInterface(child.stdout).on('line', (line) => {
      if (until?.test(line)) seen.resolve(true);
    });
    const outcome = await Promise.race([seen.promise, exited]);
    if (outcome === true) {
      // As Ctrl-C does, which reaches the whole group.
      signal('SIGINT');
      await exited;
    } else if (outcome[0] !== 0 || until !== undefined) {
      const why = deadline.aborted ? `was killed after ${deadlineS} s in all` : `ended with ${outcome[0]}`;
      throw new Error(`${command.join(' ')} ${why}, before it had done what it is for`);
    }
  } finally {
    deadline.removeEventListener('abort', kill);
  }
}
