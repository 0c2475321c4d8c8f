// Offers facts of two kinds as fast as they are acknowledged, and prints the key of each that was. SIGTERM: drains and ends.
import { connectDb, type Db } from '../../src/db/db.ts';
import { commandUsage } from '../../src/queue/command-usage.ts';
import { QueueError } from '../../src/queue/fact.ts';
import { openWriteQueue } from '../../src/queue/queue.ts';
import { eventually } from '../helpers/eventually.ts';
import { silentLog as log } from '../helpers/silent-log.ts';
import { counted } from './counted.ts';

const [root = '', url = ''] = process.argv.slice(2);
const db = await connected();
const queue = await openWriteQueue({
  root,
  label: 'killed',
  db,
  kinds: [counted, commandUsage],
  log,
  // Small, so that kills fall upon rotations too.
  segmentBytes: 16 * 1024,
  lookMs: 500,
});
const usage = { guildId: null, command: 'ping', outcome: 'answered', shardId: 0 };
const discordEpochMs = 1_420_070_400_000;
let made = 0;

/** As its supervisor would start it again. */
function connected(): Promise<Db> {
  return eventually('PostgreSQL answers', () => connectDb({ url, poolMax: 3, log }), 60_000);
}

async function offer(): Promise<void> {
  const usedAtMs = Date.now();
  const id =
    (BigInt(usedAtMs - discordEpochMs) << 22n) + BigInt(((process.pid % 1024) << 12) + (made++ % 4096));
  const key = String(id);
  await queue.enqueue(counted, { key, body: { name: 'killed' } });
  process.stdout.write(`counted ${key}\n`);
  await queue.enqueue(commandUsage, { key, body: { ...usage, usedAtMs } });
  process.stdout.write(`command_usage ${key}\n`);
}

async function offerForEver(): Promise<void> {
  try {
    for (;;) await offer();
  } catch (error) {
    if (!(error instanceof QueueError && error.code === 'closed')) throw error;
  }
}

process.once('SIGTERM', () => void queue.stop(10_000).then(() => process.exit()));
await Promise.all(Array.from({ length: 8 }, offerForEver));
