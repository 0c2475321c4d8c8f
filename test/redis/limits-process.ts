// A process that uses one quota as often as it can: argv URL, token hash, uses. Prints how many were admitted.
import { SharedLimits } from '../../src/redis/limits.ts';
import { closeRedis, connectRedis } from '../../src/redis/redis.ts';
import { patient } from '../helpers/patient.ts';
import { silentLog } from '../helpers/silent-log.ts';

const [url = '', tokenHash = '', uses] = process.argv.slice(2);
const redis = patient(await connectRedis({ url, role: 'state', log: silentLog }));
const limits = new SharedLimits(redis, tokenHash);
const quotas = [{ subject: 'user:1', times: 30, withinMs: 600_000 }];
const waits = await Promise.all(Array.from({ length: Number(uses) }, () => limits.take('weather', quotas)));
process.stdout.write(String(waits.filter((wait) => wait === 0).length));
await closeRedis(redis);
