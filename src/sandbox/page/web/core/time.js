const epochMs = 1_420_070_400_000;

/** @type {Record<string, Intl.DateTimeFormatOptions>} */
const styles = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** @type {readonly (readonly [Intl.RelativeTimeFormatUnit, number])[]} */
const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

/** When a snowflake was made. @param {string} id */
export function dateOf(id) {
  return new Date(Number(BigInt(id) >> 22n) + epochMs);
}

/** In one of Discord's timestamp styles (reference.mdx, Timestamp Styles). @param {number} seconds @param {string} style */
export function timestampText(seconds, style) {
  if (style === 'R') return relativeText(seconds - Date.now() / 1_000);
  return new Intl.DateTimeFormat('en-GB', styles[style] ?? styles['f']).format(seconds * 1_000);
}

/** @param {number} seconds from now */
function relativeText(seconds) {
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** @param {Date} date */
export function clockText(date) {
  const isToday = date.toDateString() === new Date().toDateString();
  const style = isToday ? styles['t'] : { dateStyle: 'short', timeStyle: 'short' };
  return new Intl.DateTimeFormat('en-GB', /** @type {Intl.DateTimeFormatOptions} */ (style)).format(date);
}

/** `undefined` for a time that no date can hold. @param {number} seconds */
export function dateOfSeconds(seconds) {
  const date = new Date(seconds * 1_000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
