import { runSql } from '../../src/local/run-sql.ts';
import { freeze, postgresPids } from '../helpers/freeze.ts';
import { again, type Fault, type Repair } from './fault.ts';
import type { World } from './world.ts';

const alerts = [{ alert: 'ReplicaLagging' }];

/** What goes wrong with the replica of PostgreSQL. */
export const replicaFaults: readonly Fault[] = [
  {
    name: 'replica-paused',
    what: 'the replica answers, and replays nothing of what is written',
    alerts,
    strike: (world) => whileRead(world, pause),
  },
  {
    name: 'replica-frozen',
    what: 'the replica is frozen (SIGSTOP): as when its host hangs, or the network is cut',
    alerts,
    strike: (world) => whileRead(world, freezeAll),
  },
  {
    name: 'replica-stopped',
    what: 'the replica ends',
    alerts,
    strike: (world) => whileRead(world, stop),
  },
];

/** It is looked at by those who read from it. */
async function whileRead(world: World, strike: (world: World) => Promise<Repair>): Promise<Repair> {
  const repair = await strike(world);
  const read = again(500, async () => void (await world.run('stats')));
  world.kept.defer(read);
  return async () => {
    await repair();
    await read();
  };
}

async function pause({ bot: { replica } }: World): Promise<Repair> {
  const tell = async (what: 'pause' | 'resume') => {
    await runSql(replica.superuserUrl, `select pg_wal_replay_${what}()`, AbortSignal.timeout(10_000));
  };
  await tell('pause');
  return () => tell('resume');
}

async function freezeAll({ bot: { replica }, kept }: World): Promise<Repair> {
  const frozen = freeze(await postgresPids(replica.superuserUrl));
  kept.defer(() => frozen.thaw());
  return async () => frozen.thaw();
}

async function stop({ bot: { replica } }: World): Promise<Repair> {
  await replica.stop();
  return () => replica.start();
}
