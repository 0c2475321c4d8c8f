import type { Speech } from '../i18n/i18n.ts';
import type { Asker } from './context.ts';

/** Each letter that somebody types asks anew, and PostgreSQL need not be asked as often. */
const goodForMs = 10_000;

/** Of so many members zones are at hand: more than type at a time. The one that was read first goes first. */
const mostTyping = 1_000;

const recent = new Map<string, { readonly atMs: number; readonly zone: Promise<string | undefined> }>();

/** How to speak to the member, in their own time zone where they said which (`/remind time_zone`). */
export async function speechInZone(asker: Pick<Asker, 'db' | 'user' | 'speech'>): Promise<Speech> {
  const timeZone = await readZone(asker);
  return timeZone === undefined ? asker.speech : { ...asker.speech, timeZone };
}

/**
 * The same for one who is typing: with the zone of some seconds ago, and with the server's where theirs cannot be read. That is good
 * enough to show what is meant; what is sent is read in the zone that they have then.
 */
export async function speechWhileTyping(asker: Pick<Asker, 'db' | 'user' | 'speech'>): Promise<Speech> {
  const timeZone = await recentZone(asker);
  return timeZone === undefined ? asker.speech : { ...asker.speech, timeZone };
}

function recentZone(asker: Pick<Asker, 'db' | 'user'>): Promise<string | undefined> {
  const nowMs = performance.now();
  const { id } = asker.user;
  const before = recent.get(id);
  if (before !== undefined && nowMs - before.atMs < goodForMs) return before.zone;
  const zone = readZone(asker).catch(() => undefined);
  recent.delete(id);
  recent.set(id, { atMs: nowMs, zone });
  const [first] = recent.keys();
  if (recent.size > mostTyping && first !== undefined) recent.delete(first);
  return zone;
}

/** `undefined`: they did not say. */
async function readZone({ db, user }: Pick<Asker, 'db' | 'user'>): Promise<string | undefined> {
  const [row] = await db.read(
    'zone.read',
    (sql) => sql<{ timeZone: string }[]>`
      select time_zone as "timeZone" from member_time_zones where user_id = ${user.id}`,
    { sees: keyOf(user.id) },
  );
  return row?.timeZone;
}

/** `undefined`: the server's again. */
export async function saveZone(
  { db, user }: Pick<Asker, 'db' | 'user'>,
  zone: string | undefined,
): Promise<void> {
  const wrote = keyOf(user.id);
  recent.delete(user.id);
  if (zone === undefined) {
    await db.query('zone.forget', (sql) => sql`delete from member_time_zones where user_id = ${user.id}`, {
      wrote,
    });
    return;
  }
  await db.query(
    'zone.keep',
    (sql) => sql`
      insert into member_time_zones (user_id, time_zone) values (${user.id}, ${zone})
      on conflict (user_id) do update set time_zone = excluded.time_zone`,
    { wrote },
  );
}

function keyOf(userId: string): string {
  return `zone:${userId}`;
}
