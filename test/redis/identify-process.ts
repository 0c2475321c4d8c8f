// A process that reserves identify slots and says when it would have sent each: argv URL, window, buckets, slots per bucket.
import { createIdentifySlots, hashToken } from '../../src/redis/identify-slots.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import { patient } from '../helpers/patient.ts';
import { silentLog } from '../helpers/silent-log.ts';

const [url = '', windowMs, buckets, perBucket] = process.argv.slice(2);
const redis = patient(await connectRedis({ url, role: 'state', log: silentLog }));
const tokenHash = hashToken('not-a-real-token');
const slots = createIdentifySlots({ redis, tokenHash, log: silentLog, windowMs: Number(windowMs) });
const sent = await Promise.all(
  Array.from({ length: Number(buckets) * Number(perBucket) }, async (_, shard) => {
    const bucket = shard % Number(buckets);
    const waitMs = await slots.reserve(bucket);
    return { bucket, at: performance.timeOrigin + performance.now() + waitMs };
  }),
);
process.stdout.write(JSON.stringify(sent));
await closeRedis(redis);
