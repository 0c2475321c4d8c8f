import { readKept, type KeptSession, type StoredSession } from './kept-session.ts';
import type { Redis } from './redis.ts';
import { keys, type ShardPlace } from './keys.ts';
import { defineScript } from './script.ts';

export type { KeptSession, StoredSession };

/** `refused`: a newer epoch exists, another process owns the shard. `guilds wanted`: Redis has lost the guilds. */
export type SaveOutcome = 'saved' | 'refused' | 'guilds wanted';

/** The guilds are long (20 bytes each, up to 2,500) and change seldom: they are written only when they do. */
const saveSession = defineScript(`
if tonumber(redis.call('GET', KEYS[1]) or '0') > tonumber(ARGV[1]) then return 'refused' end
if ARGV[3] == '' then
  redis.call('DEL', KEYS[2], KEYS[3])
  return 'saved'
end
redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[2])
if ARGV[4] ~= '' then
  redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[2])
elseif redis.call('PEXPIRE', KEYS[3], ARGV[2]) == 0 then
  return 'guilds wanted'
end
return 'saved'
`);

/** Sessions in the state Redis, where a successor finds them. What an older epoch writes is refused. Every method rejects while Redis fails. */
export class SessionStore {
  readonly #redis: Redis;
  readonly #keptMs: number;

  constructor(redis: Redis, keptMs: number) {
    this.#redis = redis;
    this.#keptMs = keptMs;
  }

  /** `undefined` where there is none, where it is too old, where a part of it is lost, or where it is not what this class wrote. */
  async load(place: ShardPlace): Promise<KeptSession | undefined> {
    const [session, guilds] = await this.#redis.mget(keys.shardSession(place), keys.shardGuilds(place));
    if (!session || !guilds) return undefined;
    return readKept(session, guilds);
  }

  /** `undefined` as the session removes what was kept; `undefined` as the guilds leaves them as they were. */
  async save(
    place: ShardPlace,
    epoch: string,
    session: StoredSession | undefined,
    guilds: Iterable<string> | undefined,
  ): Promise<SaveOutcome> {
    const names = [keys.shardEpoch(place), keys.shardSession(place), keys.shardGuilds(place)];
    const outcome = await saveSession(this.#redis, names, [
      epoch,
      this.#keptMs,
      session === undefined ? '' : JSON.stringify(session),
      guilds === undefined ? '' : JSON.stringify([...guilds]),
    ]);
    return outcome as SaveOutcome;
  }
}
