import { cities } from './cities.ts';
import type { Spot } from './weather.ts';

export type LocalTime = {
  readonly timezone: string;
  readonly abbreviation: string;
  readonly offsetS: number;
};

/** The zone of a request: a name of the tz database, or `auto`. `undefined` where there is no such zone. */
export function localTime(timezone: string, spot: Spot, now: Date): LocalTime | undefined {
  const zone = timezone === 'auto' ? zoneAt(spot) : timezone;
  try {
    const abbreviation = offsetText(zone, now, 'shortOffset');
    const [, sign, hours = '0', minutes = '0'] =
      /GMT(?:([+-])(\d+):(\d+))?/.exec(offsetText(zone, now, 'longOffset')) ?? [];
    const offsetS = (Number(hours) * 60 + Number(minutes)) * 60 * (sign === '-' ? -1 : 1);
    return { timezone: zone, abbreviation, offsetS };
  } catch {
    // Intl throws a RangeError for a zone that it does not know.
    return undefined;
  }
}

/** The nearest known city's zone within about a day's walk, else that of the sun. */
function zoneAt({ latitude, longitude }: Spot): string {
  const near = cities.find(
    (city) => Math.abs(city.latitude - latitude) < 1 && Math.abs(city.longitude - longitude) < 1,
  );
  const hours = Math.round(longitude / 15);
  // In the tz database the sign is that of what to add to reach GMT.
  return near?.timezone ?? (hours === 0 ? 'GMT' : `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`);
}

function offsetText(timeZone: string, now: Date, timeZoneName: 'shortOffset' | 'longOffset'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName }).formatToParts(now);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT';
}
