import { Failure } from '../lib/failure.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import type { Environment } from './environment.ts';
import { runCommand, type Account } from './run-command.ts';

/**
 * PostgreSQL and PgBouncer refuse to run as root: root runs them as `postgres` where Debian made that user,
 * else as `nobody`. An ordinary user runs them as themselves (`undefined`).
 */
export async function serverAccount(environment: Environment): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const account = (await lookUp('postgres', environment)) ?? (await lookUp('nobody', environment));
  if (account !== undefined) return account;
  throw new Failure(
    'PostgreSQL will not run as root, and there is neither a user postgres nor nobody to run it as: create one, or run as an ordinary user',
    exitCodes.config,
  );
}

async function lookUp(name: string, environment: Environment): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => {
      const { code, output } = await runCommand('/usr/bin/id', [flag, name], { environment });
      return code === 0 ? Number(output) : undefined;
    }),
  );
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}
