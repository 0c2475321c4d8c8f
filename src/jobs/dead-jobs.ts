import type { JobsConfig } from '../config/config.ts';
import { connectDb, type Db } from '../db/db.ts';
import { durationText } from '../lib/duration-text.ts';
import { exitCodes, type ExitCode } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { readFlags } from '../lib/flags.ts';
import { tableLines } from '../lib/table-lines.ts';
import { deadJobs, replayDead } from '../queue/job-records.ts';
import { createLogger } from '../telemetry/log.ts';

const usage = 'npm run jobs -- dead | replay --id ID | replay --kind KIND | replay --all';
const shownMax = 50;

/** The operator's side of the queue: `dead` lists the jobs that were given up, `replay` has them tried again. Throws a `Failure` (exit 64) for anything else. */
export async function runDeadJobs(
  config: JobsConfig,
  [command, ...argv]: readonly string[],
  print: (line: string) => void,
): Promise<ExitCode> {
  const run = commands[command ?? ''];
  if (run === undefined) throw new Failure(`${command} is no command; use ${usage}`, exitCodes.usage);
  const work = run(argv);
  const log = createLogger({ process: 'jobs', ...config.log, level: 'silent' });
  await using opened = new AsyncDisposableStack();
  const db = opened.adopt(await connectDb({ ...config.postgres, poolMax: 1, log }), (pool) => pool.close());
  for (const line of await work(db)) print(line);
  return exitCodes.ok;
}

type Work = (db: Db) => Promise<readonly string[]>;

/** Each checks its flags before it connects. */
const commands: Readonly<Record<string, (argv: readonly string[]) => Work>> = {
  dead(argv) {
    readFlags(argv, {});
    return listDead;
  },
  replay(argv) {
    const which = readFlags(argv, {
      id: { type: 'string' },
      kind: { type: 'string' },
      all: { type: 'boolean' },
    });
    if (Object.keys(which).length !== 1) throw new Failure(`replay which? Use ${usage}`, exitCodes.usage);
    if (which.id !== undefined && !/^\d{1,18}$/.test(which.id))
      throw new Failure(`--id must be the number of a job, not ${JSON.stringify(which.id)}`, exitCodes.usage);
    return async (db) => {
      const count = await db.query('jobs.replay', (sql) => replayDead(sql, which));
      return [`${count} job${count === 1 ? '' : 's'} will be tried again`];
    };
  },
};

async function listDead(db: Db): Promise<readonly string[]> {
  const jobs = await db.query('jobs.dead', (sql) => deadJobs(sql, shownMax));
  if (jobs.length === 0) return ['no dead jobs'];
  const rows = jobs.map(({ id, kind, key, attempts, diedAt, reason }) => [
    id,
    kind,
    key ?? '',
    String(attempts),
    `${durationText(Date.now() - diedAt.getTime())} ago`,
    reason,
  ]);
  return tableLines([['id', 'kind', 'key', 'attempts', 'given up', 'reason'], ...rows]);
}
