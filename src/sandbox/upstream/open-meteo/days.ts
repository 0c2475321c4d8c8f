import { round, type Hour, type HourlyVariable } from './weather.ts';

type Day = { readonly date: string; readonly hours: readonly Hour[] };
type DailyVariable = { readonly unit: string; of(day: Day): number | string };

const each = ({ hours }: Day, variable: HourlyVariable) => hours.map((hour) => hour[variable]);
const highest = (unit: string, variable: HourlyVariable): DailyVariable => ({
  unit,
  of: (day) => Math.max(...each(day, variable)),
});
const lowest = (unit: string, variable: HourlyVariable): DailyVariable => ({
  unit,
  of: (day) => Math.min(...each(day, variable)),
});
const sum = (unit: string, variable: HourlyVariable): DailyVariable => ({
  unit,
  of: (day) => round(each(day, variable).reduce((total, value) => total + value, 0)),
});

/** What is known of a day, by Open-Meteo's names; each follows from the day's hours. */
export const dailyVariables: ReadonlyMap<string, DailyVariable> = new Map<string, DailyVariable>([
  ['weather_code', highest('wmo code', 'weather_code')],
  ['temperature_2m_max', highest('°C', 'temperature_2m')],
  ['temperature_2m_min', lowest('°C', 'temperature_2m')],
  ['apparent_temperature_max', highest('°C', 'apparent_temperature')],
  ['apparent_temperature_min', lowest('°C', 'apparent_temperature')],
  ['precipitation_sum', sum('mm', 'precipitation')],
  ['rain_sum', sum('mm', 'rain')],
  ['snowfall_sum', sum('cm', 'snowfall')],
  ['precipitation_probability_max', highest('%', 'precipitation_probability')],
  ['wind_speed_10m_max', highest('km/h', 'wind_speed_10m')],
  ['wind_gusts_10m_max', highest('km/h', 'wind_gusts_10m')],
  ['uv_index_max', highest('', 'uv_index')],
  ['sunrise', { unit: 'iso8601', of: (day) => edgeOfLight(day, 'sunrise') }],
  ['sunset', { unit: 'iso8601', of: (day) => edgeOfLight(day, 'sunset') }],
]);

function edgeOfLight({ date, hours }: Day, edge: 'sunrise' | 'sunset'): string {
  const light = hours.map((hour) => hour.is_day === 1);
  const hour = edge === 'sunrise' ? light.indexOf(true) : light.lastIndexOf(true);
  return `${date}T${String(hour).padStart(2, '0')}:00`;
}
