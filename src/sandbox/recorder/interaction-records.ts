import type { Interaction, InteractionState } from '../interactions/interaction.ts';
import { BoundedMap } from '../bounded-map.ts';
import { isRecord } from '../gateway/frames.ts';
import { idIn, type Dispatched } from './dispatch-event.ts';
import type { Feed } from './feed.ts';

/** A session that an interaction was dispatched to. */
export type InteractionDelivery = {
  readonly sessionId: string;
  readonly shardId: number;
  readonly shardCount: number;
  readonly sequence: number;
  /** Whether the session had a socket then; else the interaction waited for its RESUME. */
  readonly connected: boolean;
};

type Origin = {
  readonly type: number;
  readonly name: string;
  readonly userId: string | null;
  readonly guildId: string | null;
  readonly channelId: string | null;
};

export type InteractionRecord = {
  readonly id: string;
  readonly openedAt: number;
  origin: Origin;
  deliveries: readonly InteractionDelivery[];
  state: InteractionState;
  /** From opening to the first callback, in milliseconds. */
  answeredInMs: number | null;
  followUps: number;
  /** Callbacks that were refused because there had been one (40060). */
  repeats: number;
  /** When a callback came after the window of the first answer had closed, in milliseconds after opening. */
  lateMs: number | null;
};

const unknownOrigin: Origin = { type: 0, name: '', userId: null, guildId: null, channelId: null };

/** What became of each interaction. */
export class InteractionRecords {
  readonly #now: () => number;
  readonly #feed: Feed;
  readonly #byId: BoundedMap<string, InteractionRecord>;
  /** When the latest was opened that is no longer known. */
  #forgottenUpTo = -Infinity;

  constructor(size: number, now: () => number, feed: Feed) {
    this.#byId = new BoundedMap(size);
    this.#now = now;
    this.#feed = feed;
  }

  opened({ id, state }: Interaction): void {
    const fresh = { answeredInMs: null, followUps: 0, repeats: 0, lateMs: null };
    const record = { id, openedAt: this.#now(), origin: unknownOrigin, deliveries: [], state, ...fresh };
    const forgotten = this.#byId.add(id, record);
    if (forgotten) this.#forgottenUpTo = forgotten.openedAt;
  }

  /** It was dispatched. One that nobody opened, made up by a test, is nobody's to answer. */
  sent({ data, audience }: Dispatched): void {
    const record = isRecord(data) ? this.#byId.get(idIn(data, 'id') ?? '') : undefined;
    if (!record || !isRecord(data)) return;
    record.origin = originOf(data);
    const to = audience.map(({ id, shardId, shardCount, sequence, connected }) => ({
      sessionId: id,
      shardId,
      shardCount,
      sequence,
      connected,
    }));
    record.deliveries = [...record.deliveries, ...to];
    this.#tell(record);
  }

  changed({ id, state, answeredInMs, followUps }: Interaction): void {
    const record = this.#byId.get(id);
    if (!record) return;
    record.followUps = followUps.size;
    if (record.state === state) return;
    record.state = state;
    record.answeredInMs = answeredInMs ?? null;
    this.#tell(record);
  }

  /** A callback was refused with this code of Discord's. */
  refused(id: string, code: number): void {
    const record = this.#byId.get(id);
    if (code === 40060 && record) record.repeats += 1;
    if (code === 10062 && record) record.lateMs ??= this.#now() - record.openedAt;
  }

  /** Those opened at `since` or later, the oldest first. */
  since(since: number): InteractionRecord[] {
    return [...this.#byId.values()].filter(({ openedAt }) => openedAt >= since);
  }

  /** Whether all that were opened at `since` or later are still known. */
  reachesBackTo(since: number): boolean {
    return this.#forgottenUpTo < since;
  }

  #tell(record: InteractionRecord): void {
    const { id, origin, state, answeredInMs } = record;
    this.#feed.push({
      kind: 'interaction',
      interactionId: id,
      ...origin,
      shardId: shardOf(record),
      state,
      answeredInMs,
    });
  }
}

/** The shard that was sent it while connected; null where there was none. */
function shardOf({ deliveries }: InteractionRecord): number | null {
  return deliveries.find(({ connected }) => connected)?.shardId ?? null;
}

/** Read from the payload, which has all of it for every kind of interaction. */
function originOf(payload: Readonly<Record<string, unknown>>): Origin {
  const { type, member, user, data } = payload;
  const who = isRecord(member) ? member['user'] : user;
  const asked = isRecord(data) ? data : {};
  return {
    type: typeof type === 'number' ? type : 0,
    name: idIn(asked, 'name') ?? idIn(asked, 'custom_id') ?? '',
    userId: isRecord(who) ? idIn(who, 'id') : null,
    guildId: idIn(payload, 'guild_id'),
    channelId: idIn(payload, 'channel_id'),
  };
}
