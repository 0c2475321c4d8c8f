type Converted = { readonly unit: string; readonly convert: (value: number) => number };

/** By the parameter that asks for it, its value, and the unit that it replaces. */
const conversions: Readonly<Record<string, Readonly<Record<string, Converted & { readonly from: string }>>>> =
  {
    temperature_unit: {
      fahrenheit: { from: '°C', unit: '°F', convert: (celsius) => (celsius * 9) / 5 + 32 },
    },
    wind_speed_unit: {
      ms: { from: 'km/h', unit: 'm/s', convert: (speed) => speed / 3.6 },
      mph: { from: 'km/h', unit: 'mp/h', convert: (speed) => speed * 0.621_371 },
      kn: { from: 'km/h', unit: 'kn', convert: (speed) => speed * 0.539_957 },
    },
    precipitation_unit: {
      inch: { from: 'mm', unit: 'inch', convert: (millimetres) => millimetres / 25.4 },
    },
  };

/** How a unit is shown to whoever sent this query. */
export function unitFor(unit: string, query: Readonly<Record<string, string>>): Converted {
  for (const [parameter, choices] of Object.entries(conversions)) {
    const chosen = new Map(Object.entries(choices)).get(query[parameter] ?? '');
    if (chosen?.from === unit) return chosen;
  }
  return { unit, convert: (value) => value };
}
