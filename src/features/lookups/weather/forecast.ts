import { z } from 'zod';
import { defineLookup } from '../../../upstream/upstream.ts';

/** As its licence wants it to be named (open-meteo.com/en/license). */
export const service = 'Open-Meteo.com';

const forecastDays = 5;

/** No weather is beyond them, in any unit; what is would be drawn line by line. */
const measure = z.number().min(-1_000).max(1_000);
const series = z.array(measure.nullable()).max(forecastDays * 24);
const daily = z.array(measure.nullable()).max(forecastDays);

const body = z.object({
  timezone: z.string(),
  current: z.object({
    temperature_2m: measure,
    apparent_temperature: measure,
    relative_humidity_2m: measure,
    weather_code: measure,
    wind_speed_10m: measure,
  }),
  hourly: z.object({ temperature_2m: series }),
  daily: z.object({
    time: z.array(z.iso.date()).max(forecastDays),
    weather_code: daily,
    temperature_2m_max: daily,
    temperature_2m_min: daily,
    precipitation_probability_max: daily,
  }),
});

export type Forecast = z.infer<typeof body>;

interface Spot {
  readonly latitude: number;
  readonly longitude: number;
}

/** The weather now and of the coming days, in °C and km/h (open-meteo.com/en/docs); what is "now" is renewed every 15 min. */
export const forecast = defineLookup({
  name: 'forecast',
  upstream: 'open-meteo',
  request: ({ latitude, longitude }: Spot) => ({
    path: ['v1', 'forecast'],
    search: {
      latitude: latitude.toFixed(2),
      longitude: longitude.toFixed(2),
      current: Object.keys(body.shape.current.shape).join(','),
      hourly: 'temperature_2m',
      daily: Object.keys(body.shape.daily.shape)
        .filter((name) => name !== 'time')
        .join(','),
      timezone: 'auto',
      forecast_days: String(forecastDays),
    },
  }),
  schema: body,
  freshSec: 900,
  staleSec: 6 * 3_600,
});
