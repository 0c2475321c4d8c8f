const secondsOf = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;
type Unit = keyof typeof secondsOf;

/** How the languages of the bot name the units, in full and in short; looked up in lower case. */
const unitNames: Readonly<Record<Unit, string>> = {
  s: 's sec secs second seconds sek sekunde sekunden seconde secondes seg segundo segundos 초',
  m: 'm min mins minute minutes minuten minuto minutos 분',
  h: 'h hr hrs hour hours std stunde stunden heure heures hora horas 시간',
  d: 'd day days tag tage tagen j jour jours día días dia dias 일',
  w: 'w week weeks wo woche wochen sem semaine semaines semana semanas 주',
};

const units = new Map(
  Object.entries(unitNames).flatMap(([unit, names]) =>
    names.split(' ').map((name) => [name, secondsOf[unit as Unit]] as const),
  ),
);

/** Seconds of `90m`, `1d 12h`, `2 Stunden`, `3일`; `undefined` for what is no duration. */
export function secondsFrom(text: string): number | undefined {
  const compact = text.toLowerCase().replaceAll(/[\s,]+/g, '');
  if (!/^(?:\d{1,6}[\p{L}]+)+$/u.test(compact)) return undefined;
  let seconds = 0;
  for (const [, count, name = ''] of compact.matchAll(/(\d+)(\p{L}+)/gu)) {
    const unit = units.get(name);
    if (unit === undefined) return undefined;
    seconds += Number(count) * unit;
  }
  return seconds;
}

/** Milliseconds since 1970 of a duration from `nowMs`, or of `2026-12-24 18:00` in the time zone; `undefined` for anything else. */
export function momentFrom(text: string, nowMs: number, timeZone: string): number | undefined {
  const seconds = secondsFrom(text);
  if (seconds !== undefined) return nowMs + seconds * 1_000;
  const [, ...parts] = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})[T ]+(\d{1,2}):(\d{2})\s*$/.exec(text) ?? [];
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.map(Number);
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute));
  // What does not exist, like the 31st of June, comes out as another day.
  const exists = wall.getUTCMonth() === month - 1 && wall.getUTCDate() === day && hour < 24 && minute < 60;
  if (parts.length === 0 || !exists) return undefined;
  return inZone(wall.getTime(), timeZone);
}

/** The moment at which clocks of the zone show `wallMs`; the second look counts where the offset changes in between. */
function inZone(wallMs: number, timeZone: string): number {
  const first = wallMs - offsetMs(wallMs, timeZone);
  return wallMs - offsetMs(first, timeZone);
}

function offsetMs(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const shown = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.get(type) ?? 0;
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return wall - Math.floor(atMs / 1_000) * 1_000;
}
