/** In which units somebody reads the weather; Open-Meteo is asked for °C and km/h. */
export interface WeatherUnits {
  readonly temperature: 'celsius' | 'fahrenheit';
  readonly speed: 'kilometer-per-hour' | 'mile-per-hour';
}

export const metric: WeatherUnits = { temperature: 'celsius', speed: 'kilometer-per-hour' };
export const imperial: WeatherUnits = { temperature: 'fahrenheit', speed: 'mile-per-hour' };

/** What is customary where a locale is at home: the United States measure in °F and mph, the United Kingdom in °C and mph. */
export function customaryUnits(locale: string): WeatherUnits {
  if (locale === 'en-US') return imperial;
  return locale === 'en-GB' ? { ...metric, speed: 'mile-per-hour' } : metric;
}

export function temperatureIn(unit: WeatherUnits['temperature'], celsius: number): number {
  return unit === 'celsius' ? celsius : celsius * 1.8 + 32;
}

export function speedIn(unit: WeatherUnits['speed'], kilometersPerHour: number): number {
  return unit === 'kilometer-per-hour' ? kilometersPerHour : kilometersPerHour / 1.609_344;
}
