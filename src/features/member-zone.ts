import type { Speech } from '../i18n/i18n.ts';
import type { Asker } from './context.ts';

/** How to speak to the member, in their own time zone where they said which (`/remind time_zone`). */
export async function speechInZone({
  db,
  user,
  speech,
}: Pick<Asker, 'db' | 'user' | 'speech'>): Promise<Speech> {
  const [row] = await db.read(
    'zone.read',
    (sql) => sql<{ timeZone: string }[]>`
      select time_zone as "timeZone" from member_time_zones where user_id = ${user.id}`,
    { sees: keyOf(user.id) },
  );
  return row === undefined ? speech : { ...speech, timeZone: row.timeZone };
}

/** `undefined`: the server's again. */
export async function saveZone(
  { db, user }: Pick<Asker, 'db' | 'user'>,
  zone: string | undefined,
): Promise<void> {
  const wrote = keyOf(user.id);
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
