import { Hono, type Context } from 'hono';
import { chanceOf, wholeBetween } from '../invention.ts';
import { badRequest } from './bad-request.ts';
import { dailyVariables } from './days.ts';
import { localTime } from './local-time.ts';
import { unitFor } from './units.ts';
import { hourlyUnits, hourMs, round, weatherAt, type HourlyVariable, type Spot } from './weather.ts';

type Query = Readonly<Record<string, string>>;
type Series = { units: Record<string, string>; values: Record<string, unknown> };

/** `GET /v1/forecast` (open-meteo.com/en/docs) for one place; times are ISO 8601 in the zone that was asked for. */
export function forecast(seed: number): Hono {
  const api = new Hono();
  api.get('/v1/forecast', (c) => {
    const query = c.req.query();
    const fault = queryFault(query);
    return fault === undefined ? answer(c, seed, query) : badRequest(c, fault);
  });
  return api;
}

function answer(c: Context, seed: number, query: Query): Response {
  const spot = spotOf(query);
  const now = new Date();
  const local = localTime(query['timezone'] ?? 'GMT', spot, now);
  if (!local) return badRequest(c, 'Invalid timezone');
  const random = chanceOf(seed, String(spot.latitude), String(spot.longitude));
  const localMs = now.getTime() + local.offsetS * 1_000;
  const midnightMs = localMs - (localMs % (24 * hourMs));
  const days = Number(query['forecast_days'] ?? 7);
  return c.json({
    ...spot,
    generationtime_ms: 0.02 + random() / 10,
    utc_offset_seconds: local.offsetS,
    timezone: local.timezone,
    timezone_abbreviation: local.abbreviation,
    elevation: wholeBetween(random, 0, 800),
    ...(query['current'] !== undefined && current(seed, spot, query, localMs)),
    ...(query['hourly'] !== undefined && hourly(seed, spot, query, midnightMs, days)),
    ...(query['daily'] !== undefined && daily(seed, spot, query, midnightMs, days)),
  });
}

function current(seed: number, spot: Spot, query: Query, localMs: number): object {
  const hour = weatherAt(seed, spot, localMs);
  const quarterMs = hourMs / 4;
  const time = isoMinutes(localMs - (localMs % quarterMs));
  const shown = hourlySeries(query, 'current', (variable, convert) => convert(hour[variable]));
  return {
    current_units: { time: 'iso8601', interval: 'seconds', ...shown.units },
    current: { time, interval: quarterMs / 1_000, ...shown.values },
  };
}

function hourly(seed: number, spot: Spot, query: Query, midnightMs: number, days: number): object {
  const times = Array.from({ length: days * 24 }, (_, hour) => midnightMs + hour * hourMs);
  const hours = times.map((ms) => weatherAt(seed, spot, ms));
  const shown = hourlySeries(query, 'hourly', (variable, convert) =>
    hours.map((hour) => convert(hour[variable])),
  );
  return {
    hourly_units: { time: 'iso8601', ...shown.units },
    hourly: { time: times.map(isoMinutes), ...shown.values },
  };
}

function daily(seed: number, spot: Spot, query: Query, midnightMs: number, count: number): object {
  const days = Array.from({ length: count }, (_, day) => {
    const startMs = midnightMs + day * 24 * hourMs;
    const hours = Array.from({ length: 24 }, (_, hour) => weatherAt(seed, spot, startMs + hour * hourMs));
    return { date: isoMinutes(startMs).slice(0, 10), hours };
  });
  const units: Record<string, string> = { time: 'iso8601' };
  const values: Record<string, unknown> = { time: days.map(({ date }) => date) };
  for (const name of listOf(query, 'daily')) {
    const variable = dailyVariables.get(name);
    if (!variable) continue;
    const { unit, convert } = unitFor(variable.unit, query);
    units[name] = unit;
    values[name] = days.map((day) => {
      const value = variable.of(day);
      return typeof value === 'number' ? round(convert(value)) : value;
    });
  }
  return { daily_units: units, daily: values };
}

function hourlySeries(
  query: Query,
  parameter: 'current' | 'hourly',
  valueOf: (variable: HourlyVariable, convert: (value: number) => number) => unknown,
): Series {
  const series: Series = { units: {}, values: {} };
  for (const name of listOf(query, parameter).filter(isHourly)) {
    const { unit, convert } = unitFor(hourlyUnits[name], query);
    series.units[name] = unit;
    series.values[name] = valueOf(name, (value) => round(convert(value)));
  }
  return series;
}

/** What is wrong with a request, in Open-Meteo's words. */
function queryFault(query: Query): string | undefined {
  const { latitude, longitude } = spotOf(query);
  if (!(Math.abs(latitude) <= 90)) {
    return `Latitude must be in range of -90 to 90°. Given: ${query['latitude'] ?? ''}.`;
  }
  if (!(Math.abs(longitude) <= 180)) {
    return `Longitude must be in range of -180 to 180°. Given: ${query['longitude'] ?? ''}.`;
  }
  if (!/^(\d|1[0-6])$/.test(query['forecast_days'] ?? '7')) {
    return `Forecast days is invalid. Allowed range 0 to 16. Given ${query['forecast_days'] ?? ''}.`;
  }
  const perHour = [...listOf(query, 'current'), ...listOf(query, 'hourly')];
  const unknown =
    perHour.find((name) => !isHourly(name)) ??
    listOf(query, 'daily').find((name) => !dailyVariables.has(name));
  return unknown === undefined
    ? undefined
    : `Data corrupted at path ''. Cannot initialize ForecastVariable from invalid String value ${unknown}.`;
}

/** An absent coordinate is no number, and so out of range. */
function spotOf(query: Query): Spot {
  const [latitude, longitude] = [query['latitude'] || 'none', query['longitude'] || 'none'].map(Number);
  return { latitude: latitude ?? Number.NaN, longitude: longitude ?? Number.NaN };
}

function listOf(query: Query, parameter: string): readonly string[] {
  return query[parameter]?.split(',') ?? [];
}

function isHourly(name: string): name is HourlyVariable {
  return Object.hasOwn(hourlyUnits, name);
}

/** `2026-01-31T13:45` */
function isoMinutes(localMs: number): string {
  return new Date(localMs).toISOString().slice(0, 16);
}
