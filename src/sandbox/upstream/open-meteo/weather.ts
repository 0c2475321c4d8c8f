import { chanceOf } from '../invention.ts';

export const hourMs = 3_600_000;

/** Units of what is known for an hour. */
export const hourlyUnits = {
  temperature_2m: '°C',
  apparent_temperature: '°C',
  dew_point_2m: '°C',
  relative_humidity_2m: '%',
  precipitation_probability: '%',
  precipitation: 'mm',
  rain: 'mm',
  snowfall: 'cm',
  weather_code: 'wmo code',
  cloud_cover: '%',
  pressure_msl: 'hPa',
  wind_speed_10m: 'km/h',
  wind_gusts_10m: 'km/h',
  wind_direction_10m: '°',
  visibility: 'm',
  uv_index: '',
  is_day: '',
} as const;

export type HourlyVariable = keyof typeof hourlyUnits;
export type Hour = Readonly<Record<HourlyVariable, number>>;
export type Spot = { readonly latitude: number; readonly longitude: number };

/** The weather of one hour: warm near the equator, in summer and after noon, and otherwise as the seed has it. */
export function weatherAt(seed: number, { latitude, longitude }: Spot, localMs: number): Hour {
  const random = chanceOf(seed, String(latitude), String(longitude), String(Math.floor(localMs / hourMs)));
  const hourOfDay = new Date(localMs).getUTCHours();
  const daylight = Math.max(0, Math.cos(((hourOfDay - 13) / 12) * Math.PI));
  // The cosine of a right angle is not quite 0.
  const isDay = daylight > 0.001;
  const cloud = Math.round(random() * 100);
  const wetness = Math.max(0, cloud - 60) * random();
  const temperature = usualTemperature(latitude, localMs) + 5 * daylight + 3 * random();
  const wind = 3 + 25 * random();
  const precipitation = round(wetness / 10);
  const isSnow = temperature < 0;
  return {
    temperature_2m: round(temperature),
    apparent_temperature: round(temperature - wind / 10),
    dew_point_2m: round(temperature - 2 - 8 * random()),
    relative_humidity_2m: Math.round(40 + cloud / 2),
    precipitation_probability: Math.round(Math.min(100, wetness * 3)),
    precipitation,
    rain: isSnow ? 0 : precipitation,
    snowfall: isSnow ? round(precipitation * 0.7) : 0,
    weather_code: weatherCode(cloud, precipitation, isSnow),
    cloud_cover: cloud,
    pressure_msl: round(1_000 + 30 * random()),
    wind_speed_10m: round(wind),
    wind_gusts_10m: round(wind * 1.8),
    wind_direction_10m: Math.floor(random() * 360),
    visibility: Math.round(24_140 - wetness * 500),
    uv_index: round(daylight * 8 * (1 - cloud / 200)),
    is_day: isDay ? 1 : 0,
  };
}

function usualTemperature(latitude: number, localMs: number): number {
  const yearMs = 365.25 * 24 * hourMs;
  // The north is warmest in the middle of July, 0.54 of the year.
  const season = Math.cos(((localMs % yearMs) / yearMs - 0.54) * 2 * Math.PI) * Math.sign(latitude);
  const distance = Math.abs(latitude) / 90;
  return 27 - 40 * distance ** 1.5 + 18 * distance * season;
}

/** WMO weather interpretation codes (open-meteo.com/en/docs): clear to overcast, rain, snow. */
function weatherCode(cloud: number, precipitation: number, isSnow: boolean): number {
  if (precipitation === 0) return Math.min(3, Math.floor(cloud / 25));
  const strength = Math.min(2, Math.floor(precipitation)) * 2;
  return (isSnow ? 71 : 61) + strength;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
