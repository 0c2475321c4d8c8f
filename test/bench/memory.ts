import { loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { tableLines } from '../../src/lib/table-lines.ts';
import { eventually } from '../helpers/eventually.ts';
import { nodeFlags } from './node-flags.ts';
import { numberFlag } from './number-flag.ts';
import { startShoal, startStock, type Side, type SideOptions } from './sides.ts';
import { rounded } from './spread.ts';

/**
 * Memory of a shard of 2,500 guilds, by the operating system's count, half a minute after its start: ours, a bare discord.js bot with its
 * default caches, and our shards where four share a process. Each starts alone, in a sandbox with the same guilds. `--guilds=N` a shard,
 * `--node-flags="…"` for our processes.
 */
const guilds = numberFlag('guilds', 2_500);
const settleMs = numberFlag('settle', 30) * 1_000;
const together = 4;

const ours = await memoryOf(startShoal, { guilds });
const theirs = await memoryOf(startStock, { guilds });
const shared = await memoryOf(startShoal, { guilds: guilds * together, shards: together });
const perShard = shared.now / together;

const shown = (mb: number) => mb.toFixed(0);
const rows = [
  ['shoal', shown(ours.now), shown(ours.peak), rounded(ours.now / theirs.now).toFixed(2)],
  ['discord.js', shown(theirs.now), shown(theirs.peak), '1'],
  [
    `shoal, each of ${together} in a process`,
    shown(perShard),
    shown(shared.peak / together),
    rounded(perShard / theirs.now).toFixed(2),
  ],
];
const heading = [`a shard of ${guilds} guilds`, 'MB', 'at the most', 'ratio'];
for (const line of tableLines([heading, ...rows])) process.stdout.write(`${line}\n`);
const result = {
  rss_ratio: rounded(ours.now / theirs.now),
  rss_mb: Math.round(ours.now),
  rss_stock_mb: Math.round(theirs.now),
  rss_shared_ratio: rounded(perShard / theirs.now),
  rss_shared_mb_per_shard: Math.round(perShard),
  rss_peak_mb: Math.round(ours.peak),
  guilds,
  node_flags: nodeFlags,
  load_average: rounded(loadavg()[0] ?? 0),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

async function memoryOf(start: (options: SideOptions) => Promise<Side>, options: SideOptions) {
  await using side = await start(options);
  const { guilds: wanted, shards = 1 } = options;
  await eventually('every shard was told of its guilds', () => toldAll(side, wanted + shards), 300_000);
  // What a start leaves behind is collected meanwhile, as far as it is.
  await delay(settleMs);
  return side.bot.memoryMb();
}

/** READY and a GUILD_CREATE for each guild, by what the sessions have been sent. */
async function toldAll({ sandbox }: Side, events: number): Promise<boolean> {
  const { sessions } = await sandbox.sessions();
  return sessions.reduce((sum, { sequence }) => sum + sequence, 0) >= events;
}
