import { figures, type Need } from './capacity.ts';

interface Hosts {
  readonly count: number;
  readonly cores: number;
  readonly gb: number;
  readonly for: string;
}

/** What to rent, and what to set where. */
export interface Plan {
  readonly hosts: readonly Hosts[];
  /** Those for the bot are the first of `hosts`; GB of a manager with its shards on each, both sets of a `reshard`. */
  readonly managerGb: number;
  /** At least what pgbouncer.ini has. */
  readonly maxClientConn: number;
  readonly dollarsAMonth: number;
}

const small = { cores: 2, gb: 8 };
const middle = { cores: 4, gb: 16 };
const large = { cores: 8, gb: 32 };
/** GB of a host that are not the bot's: the system, Docker, what watches it. */
const spareGb = 4;

export function planFor(need: Need): Plan {
  const hosts = hostsFor(need);
  const rented = hosts.map(
    ({ count, cores, gb }) => count * (cores * figures.corePrice + gb * figures.gbPrice),
  );
  // The primary's disk, and the replica's.
  const disks = Math.max(1, hosts.filter(({ for: use }) => use.includes('PostgreSQL')).length);
  const dollars = rented.reduce((sum, each) => sum + each, need.databaseGb * disks * figures.gbDiskPrice);
  return {
    hosts,
    managerGb: Math.ceil(need.reshardGb / (hosts[0]?.count ?? 1) / 4) * 4,
    maxClientConn: Math.max(figures.maxClientConn, Math.ceil(need.reshardConnections / 100) * 100),
    dollarsAMonth: dollars,
  };
}

/** All on one host while both sets of a `reshard` leave half of it to the stores; then the stores on hosts of their own. */
function hostsFor({ reshardGb }: Need): Hosts[] {
  for (const size of [small, middle])
    if (reshardGb <= size.gb / 2) return [{ count: 1, ...size, for: 'everything' }];
  const bots = Math.ceil(reshardGb / (large.gb - spareGb));
  if (bots === 1)
    return [
      { count: 1, ...large, for: 'the bot' },
      { count: 1, ...middle, for: 'PostgreSQL with PgBouncer' },
      { count: 1, ...small, for: 'Redis and what watches' },
    ];
  return [
    { count: bots, ...large, for: 'the bot' },
    { count: 1, ...large, for: 'PostgreSQL with PgBouncer' },
    { count: 1, ...large, for: 'a replica of PostgreSQL' },
    {
      count: 3,
      ...small,
      for: 'Redis with Sentinels or as a cluster ([redis.md](redis.md)), and what watches',
    },
  ];
}
