/** What was measured (docs/measured.md) or is assumed (said so on the page); the page explains each. */
export const figures = {
  /** Discord's own recommendation is about this; 2,500 is the most it allows (topics/gateway, "Sharding"). */
  guildsPerShard: 1_000,
  /** From here on the shard count is a multiple of a number that Discord assigns, 16 in all that is published. */
  assignedFromGuilds: 150_000,
  assignedMultiple: 16,
  /** MB of a shard process with its first 1,000 guilds, of each further shard in it, of the manager and two jobs processes together. */
  processMb: 150,
  furtherShardMb: 5,
  managerAndJobsMb: 450,
  /** Of one core: a shard process that waits for work. */
  idleCoresPerProcess: 0.006,
  /** Seconds of a core: an interaction all in all, and a gateway event. */
  coreSecondsPerInteraction: 0.002,
  coreSecondsPerEvent: 0.0003,
  commandsPerUser: 5,
  peakFactor: 5,
  /** Messages 0.93, other events 1.3 times as many. */
  eventsPerSecondPer1000Guilds: 2.1,
  poolMax: 5,
  /** Of PgBouncer: its exporter, and people. */
  otherClients: 10,
  /** `max_client_conn` of pgbouncer/pgbouncer.ini. */
  maxClientConn: 800,
  /** Connections that PgBouncer holds to PostgreSQL at most (pgbouncer/pgbouncer.ini). */
  serverConnections: 25,
  /** Bytes in the state Redis: a session with its 1,000 guilds, and a claim, which stays 60 s. */
  sessionBytes: 26_000,
  claimBytes: 250,
  claimSeconds: 60,
  /** Bytes of a guild in the cache Redis. */
  cachedGuildBytes: 600,
  redisBaseMb: 2,
  /** A row of `command_usage` with its index; 13 months are kept. */
  usageRowBytes: 150,
  usageDays: 396,
  settingsRowBytes: 250,
  secondsPerIdentify: 5.5,
  /** US dollars a month. */
  corePrice: 12,
  gbPrice: 4,
  gbDiskPrice: 0.1,
} as const;

export interface Need {
  readonly guilds: number;
  readonly shards: number;
  readonly shardsPerProcess: number;
  readonly processes: number;
  /** Per second, mean and peak. */
  readonly interactions: { readonly mean: number; readonly peak: number };
  /** GB of manager, jobs and shards, with one process twice (a rolling restart). */
  readonly memoryGb: number;
  /** The same while `reshard` runs both sets. */
  readonly reshardGb: number;
  /** Cores that are busy at the peak. */
  readonly cores: number;
  /** Client connections of PgBouncer, with one process twice; and while `reshard` runs both sets. */
  readonly clientConnections: number;
  readonly reshardConnections: number;
  readonly stateRedisMb: number;
  readonly cacheRedisMb: number;
  readonly databaseGb: number;
  /** From nothing to all shards ready, when no session can be resumed. */
  readonly coldStartSeconds: number;
  readonly identifiesADay: number;
}

/** What a bot needs that is in so many guilds and has so many users a day. */
export function capacityFor(guilds: number, dailyUsers: number): Need {
  const big = guilds >= figures.assignedFromGuilds;
  const multiple = big ? figures.assignedMultiple : 1;
  const shards = Math.ceil(guilds / figures.guildsPerShard / multiple) * multiple;
  // A crash concerns all shards of a process: four are 4,000 guilds.
  const shardsPerProcess = shards > 64 ? 4 : 1;
  const processes = Math.ceil(shards / shardsPerProcess);
  const mean = (dailyUsers * figures.commandsPerUser) / 86_400;
  const peak = mean * figures.peakFactor;
  const processMb = figures.processMb + (shardsPerProcess - 1) * figures.furtherShardMb;
  const memoryGb = gb(figures.managerAndJobsMb + (processes + 1) * processMb);
  const reshardGb = gb(figures.managerAndJobsMb + 2 * processes * processMb);
  const events = (guilds / 1_000) * figures.eventsPerSecondPer1000Guilds * figures.peakFactor;
  const cores =
    processes * figures.idleCoresPerProcess +
    peak * figures.coreSecondsPerInteraction +
    events * figures.coreSecondsPerEvent;
  const state = shards * figures.sessionBytes + peak * figures.claimSeconds * figures.claimBytes;
  const usage = dailyUsers * figures.commandsPerUser * figures.usageDays * figures.usageRowBytes;
  const databaseGb = (usage + guilds * figures.settingsRowBytes) / 1e9;
  return {
    guilds,
    shards,
    shardsPerProcess,
    processes,
    interactions: { mean, peak },
    memoryGb,
    reshardGb,
    cores,
    clientConnections: clientsOf(processes + 1),
    reshardConnections: clientsOf(2 * processes),
    stateRedisMb: figures.redisBaseMb + state / 1e6,
    cacheRedisMb: figures.redisBaseMb + (guilds * figures.cachedGuildBytes) / 1e6,
    databaseGb,
    coldStartSeconds: Math.ceil(shards / multiple) * figures.secondsPerIdentify,
    identifiesADay: big ? Math.max(2_000, (guilds / 1_000) * 5) : 1_000,
  };
}

/** Three jobs processes: both, and one that takes the place of one. */
function clientsOf(shardProcesses: number): number {
  return (shardProcesses + 3) * figures.poolMax + figures.otherClients;
}

function gb(mb: number): number {
  return mb / 1_000;
}
