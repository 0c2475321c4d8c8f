import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { percentDecoded } from '../lib/percent-decoded.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

export interface ClientProgramOptions {
  /** `POSTGRES_DIRECT_URL` */
  readonly url: string;
  /** Where programs are found. */
  readonly path: string;
  /** Ends the program. */
  readonly stop: AbortSignal;
}

/** One of PostgreSQL's client programs, under way: `pg_dump`, `pg_restore`. */
export interface ClientProgram {
  readonly stdout: NonNullable<ChildProcess['stdout']>;
  /** Rejects with a `Failure` (69; 78 where it is not installed) unless the program says that it succeeded. */
  readonly ended: Promise<void>;
}

export function startClientProgram(
  program: string,
  args: readonly string[],
  { url, path, stop }: ClientProgramOptions,
): ClientProgram {
  const env = { ...libpqEnvironment(url), PATH: path, LC_ALL: 'C' };
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'], signal: stop });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint = `${complaint}${String(chunk)}`.slice(-1_000)));
  return {
    stdout: child.stdout,
    ended: outcome(program, child, () => complaint.trim().split('\n').join('; ')),
  };
}

/** What libpq needs of a URL, by its variables: a command line can be read by every user of the machine (libpq, "Environment Variables"). */
export function libpqEnvironment(url: string): Readonly<Record<string, string>> {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const values = {
    PGHOST: hostname.replaceAll(/^\[|\]$/g, ''),
    PGPORT: port || '5432',
    PGUSER: percentDecoded(username) ?? username,
    PGPASSWORD: percentDecoded(password) ?? password,
    PGDATABASE: percentDecoded(pathname.slice(1)) ?? '',
    PGSSLMODE: searchParams.get('sslmode') ?? '',
    PGCONNECT_TIMEOUT: '10',
    PGAPPNAME: 'shoal',
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
}

async function outcome(program: string, child: ChildProcess, complaint: () => string): Promise<void> {
  let code: number | null;
  try {
    [code] = (await once(child, 'close')) as [number | null];
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const advice =
      "install PostgreSQL's client programs, of the server's version or newer (Debian: postgresql-client)";
    throw new Failure(`${program} is not on PATH; ${advice}`, exitCodes.config, { cause: error });
  }
  if (code !== 0)
    throw new Failure(
      `${program} failed (${code ?? 'killed'}): ${complaint()}; correct that, or POSTGRES_DIRECT_URL`,
      exitCodes.unavailable,
    );
}
