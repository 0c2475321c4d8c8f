/** The zones that are looked for most, where nothing is typed yet. */
const usual: Readonly<Record<string, readonly string[]>> = {
  en: ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'Europe/London'],
  de: ['Europe/Berlin', 'Europe/Vienna', 'Europe/Zurich'],
  fr: ['Europe/Paris', 'Europe/Brussels', 'Europe/Zurich', 'America/Toronto'],
  es: ['Europe/Madrid', 'America/Mexico_City', 'America/Bogota', 'America/Buenos_Aires', 'America/Lima'],
  ko: ['Asia/Seoul'],
};

/** Intl lists no UTC. */
const zones: readonly string[] = ['UTC', ...Intl.supportedValuesOf('timeZone')];

/** `new york` → `America/New_York`; the zones of which a part begins so come first. */
export function zonesLike(typed: string, language: string): readonly string[] {
  const wanted = plain(typed);
  if (wanted === '') return [...(usual[language] ?? []), 'UTC'];
  const begins = (zone: string): boolean => zone.split('/').some((part) => plain(part).startsWith(wanted));
  return zones
    .filter((zone) => plain(zone).includes(wanted))
    .toSorted((a, b) => Number(begins(b)) - Number(begins(a)));
}

/**
 * The name of a zone as Intl takes it, from one in whatever case; `undefined` for anything else, also for offsets (`+02:00`),
 * which know no daylight saving. An alias stays what was chosen, not what it stands for.
 */
export function zoneNamed(text: string): string | undefined {
  const wanted = text.trim().replaceAll(' ', '_');
  const listed = zones.find((zone) => zone.toLowerCase() === wanted.toLowerCase());
  if (listed !== undefined || !/^[A-Za-z]/.test(wanted)) return listed;
  try {
    // Aliases are not listed: Asia/Kolkata beside Asia/Calcutta.
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: wanted }).resolvedOptions();
    return timeZone === 'UTC' ? timeZone : spelled(wanted);
  } catch {
    return undefined;
  }
}

/** The words in names of aliases that are not merely capitalised; Intl tells no alias as it is written. */
const special = new Map(
  [
    'ACT CDT CET CHAT CST EDT EET EST GB GMT HST IN LHI MDT MET MST NSW NZ PDT PRC PST ROC ROK SU UCT US WET',
    'BajaNorte BajaSur ComodRivadavia DeNoronha EasterIsland',
  ].flatMap((words) => words.split(' ').map((word) => [word.toLowerCase(), word] as const)),
);

function spelled(zone: string): string {
  return zone
    .toLowerCase()
    .replaceAll(/[a-z]+/g, (word) => special.get(word) ?? word.charAt(0).toUpperCase() + word.slice(1));
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[_/ ]+/g, ' ');
}
