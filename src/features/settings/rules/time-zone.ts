/**
 * The name as the IANA list writes it (`asia/seoul` → `Asia/Seoul`); as given where Intl does not list it, which is so for
 * names that it counts as aliases (`Asia/Kolkata`): what the member chose is kept.
 */
export function properTimeZone(text: string): string {
  const wanted = text.trim();
  return timeZones.find((name) => name.toLowerCase() === wanted.toLowerCase()) ?? wanted;
}

/** At most `count` names that have `typed` in them, those first in which a part begins with it: `new y` → `America/New_York`. */
export function timeZonesLike(typed: string, count: number): readonly string[] {
  const wanted = typed.trim().toLowerCase().replaceAll(/\s+/g, '_');
  const found = timeZones.filter((name) => name.toLowerCase().includes(wanted));
  const begins = (name: string) =>
    name
      .toLowerCase()
      .split('/')
      .some((part) => part.startsWith(wanted));
  return [...found.filter(begins), ...found.filter((name) => !begins(name))].slice(0, count);
}

const timeZones: readonly string[] = [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC'),
];
