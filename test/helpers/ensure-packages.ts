import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { exitCodes } from '../../src/lib/exit-codes.ts';
import { Failure } from '../../src/lib/failure.ts';
import type { Environment } from '../../src/local/environment.ts';
import { runCommand } from '../../src/local/run-command.ts';

type Options = { readonly environment: Environment; readonly onProgress: (line: string) => void };

/**
 * Installs the packages of `folder` from its lockfile, unless they are what that lockfile says already.
 * Throws `Failure` with npm's last lines when that does not succeed.
 */
export async function ensurePackages(folder: string, { environment, onProgress }: Options): Promise<void> {
  const wanted = await hashOf(folder);
  // Inside node_modules, so that whoever removes the packages removes the claim that they are there.
  const mark = path.join(folder, 'node_modules', '.installed-lockfile');
  if ((await readIfThere(mark)) === wanted) return;
  onProgress(`installing the packages of ${folder}`);
  await rm(mark, { force: true });
  const { code, summary } = await runCommand('npm', ['ci', '--ignore-scripts'], { environment, cwd: folder });
  if (code !== 0) {
    const message = `npm ci in ${folder} ended with ${code}: ${summary}; run it there by hand, then try again`;
    throw new Failure(message, exitCodes.unavailable);
  }
  await writeFile(mark, wanted);
}

async function hashOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of ['package.json', 'package-lock.json']) {
    hash.update(await readFile(path.join(folder, file)));
  }
  return hash.digest('hex');
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
}
