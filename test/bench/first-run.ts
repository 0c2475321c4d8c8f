import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../helpers/processes.ts';
import { rounded } from './spread.ts';

/**
 * A newcomer's first run: from the clone, with an empty npm cache, until a member of the sandbox has the answer to a command. Prints what
 * took how long. Needs the network for what npm fetches; Debian's packages are there already, or are installed as the demo does it.
 */
const folder = mkdtempSync(path.join(tmpdir(), 'shoal-first-run-'));
// PostgreSQL runs as another user where this runs as root, and must get in.
chmodSync(folder, 0o755);
const clone = path.join(folder, 'shoal');
const { NODE_COMPILE_CACHE: _, ...own } = process.env;
const env = { ...own, npm_config_cache: path.join(folder, 'npm-cache'), TMPDIR: folder };
try {
  const startedMs = performance.now();
  const seconds = () => (performance.now() - startedMs) / 1_000;
  await run('git', ['clone', '--quiet', root, clone]);
  const clonedS = seconds();
  await run('npm', ['ci'], clone);
  const installedS = seconds();
  await firstAnswer();
  const answeredS = seconds();
  const parts = { clone: clonedS, 'npm ci': installedS - clonedS, demo: answeredS - installedS };
  for (const [name, took] of Object.entries(parts))
    process.stdout.write(`${name.padEnd(8)}${took.toFixed(1).padStart(7)} s\n`);
  const result = { first_run_s: rounded(answeredS), load_average: rounded(loadavg()[0] ?? 0) };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs it to its end. Throws where it does not end with 0. */
async function run(name: string, args: readonly string[], cwd = folder): Promise<void> {
  const [code] = (await once(
    spawn(name, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  )) as [number | null];
  if (code !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${code}`);
}

/** Resolves when a member sees one; the demo is over then. */
async function firstAnswer(): Promise<void> {
  const demo = spawn('npm', ['run', 'demo'], {
    cwd: clone,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    // Ctrl-C reaches the whole group.
    detached: true,
  });
  const exited = once(demo, 'exit');
  const answered = Promise.withResolvers<true>();
  createInterface(demo.stdout).on('line', (line) => {
    if (/^ +Shoal: /.test(line)) answered.resolve(true);
  });
  const outcome = await Promise.race([answered.promise, exited]);
  if (outcome !== true)
    throw new Error(`the demo ended with ${String(outcome[0])} before a member had an answer`);
  if (demo.pid !== undefined) process.kill(-demo.pid, 'SIGINT');
  await exited;
}
