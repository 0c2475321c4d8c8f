import type { Redis } from './redis.ts';
import { keys, type ShardPlace } from './keys.ts';
import { defineScript } from './script.ts';

/** A gateway session, as far as it can be continued by another process. */
export interface StoredSession {
  readonly sessionId: string;
  readonly resumeUrl: string;
  /** Of the last event that was handed to the bot. */
  readonly sequence: number;
  /** When READY came, in ms since 1970. */
  readonly startedAtMs: number;
  readonly intents: number;
  readonly apiVersion: string;
  readonly applicationId: string;
}

export interface KeptSession {
  readonly session: StoredSession;
  readonly guilds: readonly string[];
}

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

  /** `undefined` where there is none, where it is too old, or where a part of it is lost. */
  async load(place: ShardPlace): Promise<KeptSession | undefined> {
    const [session, guilds] = await this.#redis.mget(keys.shardSession(place), keys.shardGuilds(place));
    if (!session || !guilds) return undefined;
    return { session: JSON.parse(session) as StoredSession, guilds: JSON.parse(guilds) as string[] };
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
