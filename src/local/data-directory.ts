import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import type { Environment } from './environment.ts';
import { runCommand, type Account, type CommandOptions } from './run-command.ts';

/** Makes a fresh directory, of mode 700, that belongs to the servers' account and that it can reach. */
export async function makeDataDirectory(
  environment: Environment,
  account: Account | undefined,
): Promise<string> {
  for (const parent of new Set([tmpdir(), '/tmp'])) {
    const path = await mkdtemp(join(parent, 'shoal-local-'));
    if (account === undefined) return path;
    await chown(path, account.uid, account.gid);
    if (await canEnter(path, environment, account)) return path;
    await rm(path, { recursive: true });
  }
  throw new Error('the account that runs the servers cannot reach the temporary directory; set TMPDIR');
}

/** Makes a directory in it for one server. */
export async function makeServerDirectory(
  dataDirectory: string,
  name: string,
  account: Account | undefined,
): Promise<string> {
  const path = join(dataDirectory, name);
  await mkdir(path, { mode: 0o700 });
  if (account !== undefined) await chown(path, account.uid, account.gid);
  return path;
}

/** Copies what is in `from` into a server's directory; its account need not be able to read `from`. */
export async function copyServerDirectory(
  from: string,
  to: string,
  { environment, account }: CommandOptions,
): Promise<void> {
  // By programs: a database has 1,000 files, and node:fs takes several calls for each.
  const commands = [
    ['cp', '-R', `${from}/.`, to],
    ...(account === undefined ? [] : [['chown', '-R', `${account.uid}:${account.gid}`, to]]),
  ];
  for (const [program = '', ...args] of commands) {
    const { code, summary } = await runCommand(program, args, { environment });
    if (code !== 0) throw new Failure(`${from} could not be copied to ${to}: ${summary}`);
  }
}

/** Writes a file that only the servers' account can read. */
export async function writeServerFile(
  path: string,
  lines: readonly string[],
  account: Account | undefined,
): Promise<void> {
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  if (account !== undefined) await chown(path, account.uid, account.gid);
}

/** Root's own temporary directory may be closed to others (pam_tmpdir): only trying tells. */
async function canEnter(path: string, environment: Environment, account: Account): Promise<boolean> {
  return (await runCommand('/bin/ls', [path], { environment, account })).code === 0;
}
