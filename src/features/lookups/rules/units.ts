/** Of one dimension two units can be converted into each other. */
export type Dimension =
  | 'length'
  | 'mass'
  | 'temperature'
  | 'volume'
  | 'area'
  | 'speed'
  | 'time'
  | 'data'
  | 'energy'
  | 'pressure';

export interface Unit {
  /** Unique, and what a member may type. */
  readonly symbol: string;
  readonly dimension: Dimension;
  /** How many of the dimension's first unit it is. */
  readonly factor: number;
  /** Of temperatures: the first unit's value at its zero. */
  readonly zero?: number;
  /** Its name for `Intl.NumberFormat`, which knows it in every language (ECMA-402, "sanctioned simple units"); without one the symbol serves. */
  readonly intl?: string;
  /** What else people call it. */
  readonly also?: readonly string[];
}

const foot = 0.3048;
const mile = 1_609.344;
const pound = 0.453_592_37;
const usGallon = 3.785_411_784;

function of(dimension: Dimension, units: readonly Omit<Unit, 'dimension'>[]): Unit[] {
  return units.map((unit) => ({ ...unit, dimension }));
}

/** Exact by definition (NIST Special Publication 811, Appendix B), US measures where countries differ. */
export const units: readonly Unit[] = [
  ...of('length', [
    { symbol: 'm', factor: 1, intl: 'meter', also: ['metre'] },
    { symbol: 'mm', factor: 0.001, intl: 'millimeter' },
    { symbol: 'cm', factor: 0.01, intl: 'centimeter' },
    { symbol: 'km', factor: 1_000, intl: 'kilometer', also: ['kilometre'] },
    { symbol: 'in', factor: foot / 12, intl: 'inch', also: ['"'] },
    { symbol: 'ft', factor: foot, intl: 'foot', also: ['feet', "'"] },
    { symbol: 'yd', factor: 3 * foot, intl: 'yard' },
    { symbol: 'mi', factor: mile, intl: 'mile' },
    { symbol: 'nmi', factor: 1_852, also: ['nautical mile'] },
  ]),
  ...of('mass', [
    { symbol: 'kg', factor: 1, intl: 'kilogram', also: ['kilo'] },
    { symbol: 'g', factor: 0.001, intl: 'gram' },
    { symbol: 'mg', factor: 1e-6 },
    // "Ton" alone is none of the three: nobody is told one for another.
    { symbol: 't', factor: 1_000, also: ['tonne', 'tonelada', '톤', 'metric ton', 'ton (metric)'] },
    { symbol: 'short ton', factor: 2_000 * pound, also: ['US ton', 'ton (US)'] },
    { symbol: 'long ton', factor: 2_240 * pound, also: ['imperial ton', 'ton (imperial)'] },
    { symbol: 'oz', factor: pound / 16, intl: 'ounce' },
    { symbol: 'lb', factor: pound, intl: 'pound', also: ['lbs'] },
    { symbol: 'st', factor: 14 * pound, intl: 'stone' },
  ]),
  ...of('temperature', [
    { symbol: 'K', factor: 1, also: ['kelvin'] },
    { symbol: '°C', factor: 1, zero: 273.15, intl: 'celsius', also: ['c'] },
    { symbol: '°F', factor: 5 / 9, zero: 459.67 * (5 / 9), intl: 'fahrenheit', also: ['f'] },
  ]),
  ...of('volume', [
    { symbol: 'l', factor: 1, intl: 'liter', also: ['litre'] },
    { symbol: 'ml', factor: 0.001, intl: 'milliliter' },
    { symbol: 'm³', factor: 1_000, also: ['m3', 'cubic meter'] },
    { symbol: 'gal', factor: usGallon, intl: 'gallon' },
    { symbol: 'qt', factor: usGallon / 4, also: ['quart'] },
    { symbol: 'pt', factor: usGallon / 8, also: ['pint'] },
    { symbol: 'cup', factor: usGallon / 16, also: ['cups'] },
    { symbol: 'fl oz', factor: usGallon / 128, intl: 'fluid-ounce', also: ['floz'] },
    { symbol: 'tbsp', factor: usGallon / 256, also: ['tablespoon'] },
    { symbol: 'tsp', factor: usGallon / 768, also: ['teaspoon'] },
  ]),
  ...of('area', [
    { symbol: 'm²', factor: 1, also: ['m2', 'sqm', 'square meter'] },
    { symbol: 'km²', factor: 1e6, also: ['km2', 'square kilometer'] },
    { symbol: 'ha', factor: 10_000, intl: 'hectare' },
    { symbol: 'ft²', factor: foot ** 2, also: ['ft2', 'sqft', 'square foot'] },
    { symbol: 'ac', factor: 43_560 * foot ** 2, intl: 'acre' },
    { symbol: 'mi²', factor: mile ** 2, also: ['mi2', 'square mile'] },
  ]),
  ...of('speed', [
    { symbol: 'm/s', factor: 1, intl: 'meter-per-second' },
    { symbol: 'km/h', factor: 1 / 3.6, intl: 'kilometer-per-hour', also: ['kmh', 'kph'] },
    { symbol: 'mph', factor: mile / 3_600, intl: 'mile-per-hour' },
    { symbol: 'kn', factor: 1_852 / 3_600, also: ['knot', 'kt'] },
  ]),
  ...of('time', [
    { symbol: 's', factor: 1, intl: 'second', also: ['sec'] },
    { symbol: 'min', factor: 60, intl: 'minute' },
    { symbol: 'h', factor: 3_600, intl: 'hour' },
    { symbol: 'd', factor: 86_400, intl: 'day' },
    { symbol: 'wk', factor: 604_800, intl: 'week' },
  ]),
  ...of('data', [
    { symbol: 'B', factor: 1, intl: 'byte' },
    { symbol: 'kB', factor: 1e3, intl: 'kilobyte' },
    { symbol: 'MB', factor: 1e6, intl: 'megabyte' },
    { symbol: 'GB', factor: 1e9, intl: 'gigabyte' },
    { symbol: 'TB', factor: 1e12, intl: 'terabyte' },
    { symbol: 'KiB', factor: 2 ** 10 },
    { symbol: 'MiB', factor: 2 ** 20 },
    { symbol: 'GiB', factor: 2 ** 30 },
    { symbol: 'TiB', factor: 2 ** 40 },
  ]),
  ...of('energy', [
    { symbol: 'J', factor: 1, also: ['joule'] },
    { symbol: 'kJ', factor: 1_000 },
    // What food is measured in is called a calorie, too: the word alone is neither of the two.
    { symbol: 'cal', factor: 4.184, also: ['calorie (small)'] },
    { symbol: 'kcal', factor: 4_184, also: ['kilocalorie', 'calorie (food)'] },
    { symbol: 'kWh', factor: 3.6e6 },
  ]),
  ...of('pressure', [
    { symbol: 'hPa', factor: 1, also: ['mbar', 'hectopascal'] },
    { symbol: 'bar', factor: 1_000 },
    { symbol: 'psi', factor: 68.947_572_931_683_6 },
    { symbol: 'atm', factor: 1_013.25 },
  ]),
];

/** By its symbol or another of its names; capitals count only where a symbol has just these. */
export function findUnit(text: string, nameOf: (unit: Unit) => string): Unit | undefined {
  const wanted = text.trim();
  return (
    units.find(({ symbol }) => symbol === wanted) ??
    units.find((unit) => callsOf(unit, nameOf).some((call) => call === wanted.toLowerCase()))
  );
}

/** Those that `typed` may be the beginning of; of `dimension` alone, where one is given. */
export function suggestUnits(
  typed: string,
  dimension: Dimension | undefined,
  nameOf: (unit: Unit) => string,
): readonly Unit[] {
  const wanted = typed.trim().toLowerCase();
  return units.filter(
    (unit) =>
      (dimension === undefined || unit.dimension === dimension) &&
      callsOf(unit, nameOf).some((call) => call.startsWith(wanted)),
  );
}

/** Not below nothing: of all dimensions only temperatures have values below zero, down to the absolute one. */
export function isPossible(amount: number, { factor, zero = 0 }: Unit): boolean {
  return amount * factor + zero >= 0;
}

export function convert(amount: number, from: Unit, to: Unit): number {
  return (amount * from.factor + (from.zero ?? 0) - (to.zero ?? 0)) / to.factor;
}

function callsOf(unit: Unit, nameOf: (unit: Unit) => string): readonly string[] {
  return [unit.symbol, unit.intl ?? '', nameOf(unit), ...(unit.also ?? [])]
    .filter(Boolean)
    .map((call) => call.toLowerCase());
}
