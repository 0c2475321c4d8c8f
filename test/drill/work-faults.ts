import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eventually } from '../helpers/eventually.ts';
import { again, type Fault } from './fault.ts';

/** What goes wrong with the work that nobody waits for. */
export const workFaults: readonly Fault[] = [
  {
    name: 'jobs-killed',
    what: 'the jobs process is killed',
    alerts: [{ alert: 'JobsDown' }, { alert: 'TargetDown', labels: { job: 'jobs' }, silenced: true }],
    async strike(world) {
      process.kill(world.jobsPid(), 'SIGKILL');
      return () => world.startJobs();
    },
  },
  {
    name: 'jobs-poisoned',
    what: 'jobs come in whose payload no handler takes',
    alerts: [
      { alert: 'JobsDead', labels: { kind: 'polls.settle' } },
      { alert: 'JobsFailing', labels: { kind: 'polls.settle' } },
    ],
    async strike({ sql }) {
      const stop = again(1_000, async () => {
        await sql`insert into jobs (kind, payload) values ('polls.settle', '{"wrong": true}')`;
      });
      return async () => {
        await stop();
        await sql`delete from jobs where kind = 'polls.settle'`;
      };
    },
  },
  {
    name: 'facts-refused-by-postgres',
    what: 'a trigger refuses every use of a command',
    alerts: [{ alert: 'FactsDead', labels: { kind: 'command_usage' } }],
    async strike({ sql }) {
      await sql`create function refuse() returns trigger language plpgsql as
        $$ begin raise exception 'refused by the drill'; end $$`;
      // The bot writes meanwhile, and of two that wait for each other PostgreSQL refuses one.
      await eventually('the trigger is there', async () => {
        await sql`create trigger refuse before insert on command_usage for each row execute function refuse()`;
        return true;
      });
      return () =>
        eventually('the trigger is gone', async () => {
          await sql`drop function if exists refuse cascade`;
          return true;
        }).then(() => undefined);
    },
  },
];

/** Smaller than any log of facts becomes in a drill. */
const diskBytes = 16 * 2 ** 20;

/** The disk of the write queue is a small one, if root may mount it; or the reason why not. */
export function mountQueueDisk(folder: string): string | undefined {
  const { status, stderr, error } = spawnSync('mount', [
    '-t',
    'tmpfs',
    '-o',
    `size=${diskBytes},mode=777`,
    'none',
    folder,
  ]);
  return status === 0 ? undefined : `needs a small tmpfs: ${error?.message ?? String(stderr).trim()}`;
}

/** `without`: why the folder is on no disk of its own. */
export function fullDisk(folder: string, without: string | undefined): Fault {
  return {
    name: 'queue-disk-full',
    what: 'the disk of the write queue is full',
    alerts: [{ alert: 'FactsRefused', labels: { kind: 'command_usage', reason: 'disk' } }],
    ...(without && { without }),
    async strike() {
      const file = path.join(folder, 'large');
      await writeFile(file, Buffer.alloc(diskBytes)).catch(() => {});
      return () => writeFile(file, '');
    },
  };
}
