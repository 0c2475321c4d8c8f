import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';
import { parseAmount } from '../../src/features/lookups/rules/amount.ts';
import { conditionOf } from '../../src/features/lookups/rules/condition.ts';
import { parseLogin, parseRepository } from '../../src/features/lookups/rules/github-names.ts';
import { choosePlace, placeLabel, searchedName } from '../../src/features/lookups/rules/place.ts';
import { temperatureChart } from '../../src/features/lookups/rules/temperature-chart.ts';
import {
  convert,
  findUnit,
  isPossible,
  suggestUnits,
  units,
  type Unit,
} from '../../src/features/lookups/rules/units.ts';
import { customaryUnits, speedIn, temperatureIn } from '../../src/features/lookups/rules/weather-units.ts';

test('amounts are read as the writer means them', () => {
  const read: readonly (readonly [string, '.' | ',', number | undefined])[] = [
    ['1.5', '.', 1.5],
    ['1,5', '.', 1.5],
    ['1,5', ',', 1.5],
    ['1.5', ',', 1.5],
    ['1,234', '.', 1_234],
    ['1.234', ',', 1_234],
    ['1.234', '.', 1.234],
    ['1.234.567,89', '.', 1_234_567.89],
    ['1,234,567.89', ',', 1_234_567.89],
    ['1 000', '.', 1_000],
    ['1’000.5', '.', 1_000.5],
    ['−40', '.', -40],
    ['2.5e3', '.', 2_500],
    ['.5', '.', 0.5],
    ['1.2.3', '.', undefined],
    ['1,23,4', '.', undefined],
    ['1e16', '.', undefined],
    ['1e999', '.', undefined],
    ['0x10', '.', undefined],
    ['Infinity', '.', undefined],
    ['', '.', undefined],
    ['.', '.', undefined],
    ['-', '.', undefined],
    ['e5', '.', undefined],
  ];
  for (const [text, decimal, expected] of read)
    assert.equal(parseAmount(text, decimal), expected, `${text} with ${decimal}`);
});

function nameOf({ intl, symbol }: Unit): string {
  return intl ?? symbol;
}

function unit(text: string): Unit {
  const found = findUnit(text, nameOf);
  assert.ok(found, text);
  return found;
}

function converted(amount: number, from: string, to: string): number {
  return Number(convert(amount, unit(from), unit(to)).toPrecision(9));
}

function suggested(typed: string, of?: Unit['dimension']): string[] {
  return suggestUnits(typed, of, nameOf).map(({ symbol }) => symbol);
}

describe('units', () => {
  test('convert by their definitions', () => {
    assert.equal(converted(1, 'mi', 'km'), 1.609344);
    assert.equal(converted(100, '°C', '°F'), 212);
    assert.equal(converted(-40, 'f', 'c'), -40);
    assert.equal(converted(0, 'K', '°C'), -273.15);
    assert.equal(converted(1, 'st', 'lb'), 14);
    assert.equal(converted(1, 'gal', 'cup'), 16);
    assert.equal(converted(1, 'gal', 'l'), 3.78541178);
    assert.equal(converted(640, 'acre', 'mi2'), 1);
    assert.equal(converted(36, 'kmh', 'm/s'), 10);
    assert.equal(converted(1, 'GiB', 'MB'), 1_073.74182);
    assert.equal(converted(1, 'kWh', 'kcal'), 860.42065);
    assert.equal(converted(1, 'atm', 'psi'), 14.6959488);
  });

  test('that people call by one word are told apart', () => {
    assert.equal(converted(1, 'tonne', 'kg'), 1_000);
    assert.equal(converted(1, 'short ton', 'kg'), 907.18474);
    assert.equal(converted(1, 'long ton', 'kg'), 1_016.04691);
    assert.equal(converted(1, 'kcal', 'cal'), 1_000);
    assert.equal(converted(1, 'cal', 'J'), 4.184);
    for (const word of ['ton', 'calorie']) assert.equal(findUnit(word, nameOf), undefined, word);
    assert.deepEqual(suggested('ton'), ['t', 'short ton', 'long ton']);
    assert.deepEqual(suggested('calorie'), ['cal', 'kcal']);
  });

  test('are what they were after the way there and back', () => {
    for (const from of units)
      for (const to of units.filter(({ dimension }) => dimension === from.dimension))
        assert.ok(
          Math.abs(convert(convert(7, from, to), to, from) - 7) < 1e-9,
          `${from.symbol} ${to.symbol}`,
        );
  });

  test('are called by one name each', () => {
    const symbols = units.map(({ symbol }) => symbol);
    assert.deepEqual(symbols, [...new Set(symbols)]);
    for (const each of units) assert.equal(findUnit(each.symbol, nameOf), each);
    assert.equal(findUnit('constructor', nameOf), undefined);
    assert.equal(findUnit('', nameOf), undefined);
  });

  test('are suggested by the beginning of any of their names, and by what they measure', () => {
    assert.deepEqual(suggested('kilom'), ['km', 'km/h']);
    assert.deepEqual(suggested('kilom', 'speed'), ['km/h']);
    assert.deepEqual(suggested('FEET'), ['ft']);
    assert.deepEqual(suggested('xyz'), []);
  });

  test('measure nothing below nothing, but for temperatures', () => {
    assert.equal(isPossible(-273.15, unit('c')), true);
    assert.equal(isPossible(-273.16, unit('c')), false);
    assert.equal(isPossible(-1, unit('km')), false);
    assert.equal(isPossible(0, unit('km')), true);
  });
});

test('the weather is measured as is customary where somebody is', () => {
  assert.deepEqual(customaryUnits('en-US'), { temperature: 'fahrenheit', speed: 'mile-per-hour' });
  assert.deepEqual(customaryUnits('en-GB'), { temperature: 'celsius', speed: 'mile-per-hour' });
  assert.deepEqual(customaryUnits('ko'), { temperature: 'celsius', speed: 'kilometer-per-hour' });
  assert.equal(temperatureIn('fahrenheit', 0), 32);
  assert.ok(Math.abs(speedIn('mile-per-hour', 100) - 62.137) < 0.001);
});

test('weather codes become words, unknown ones too', () => {
  assert.deepEqual([0, 2, 48, 55, 65, 77, 82, 86, 99, 4, -1].map(conditionOf), [
    'clear',
    'partlyCloudy',
    'fog',
    'drizzle',
    'rain',
    'snow',
    'showers',
    'snowShowers',
    'thunderstorm',
    'overcast',
    'clear',
  ]);
});

test('a city is told from others of its name by what follows the comma', () => {
  const paris = { name: 'Paris', admin1: 'Île-de-France', country: 'France' };
  const texas = { name: 'Paris', admin1: 'Texas', country: 'United States' };
  assert.equal(choosePlace('Paris', [paris, texas]), paris);
  assert.equal(choosePlace('paris, TEXAS', [paris, texas]), texas);
  assert.equal(choosePlace('Paris, ile-de-france, France', [texas, paris]), paris);
  assert.equal(choosePlace('Paris, Mars', [paris, texas]), undefined);
  const york = { name: 'York', admin1: 'England', country: 'United Kingdom' };
  const newYork = { name: 'New York', admin1: 'New York', country: 'United States' };
  assert.equal(choosePlace('york', [newYork, york]), york);
  assert.equal(choosePlace('New York', [newYork, york]), newYork);
  assert.equal(choosePlace('Eboracum', [newYork, york]), newYork);
  // The service knows a place by its names in all languages, and answers with the one in the reader's.
  const munich = { name: 'München', admin1: 'Bayern', country: 'Deutschland' };
  const dakota = { name: 'Munich', admin1: 'North Dakota', country: 'Vereinigte Staaten' };
  assert.equal(choosePlace('Munich', [munich, dakota]), munich);
  assert.equal(choosePlace('Munich, North Dakota', [munich, dakota]), dakota);
  const rome = { name: 'Rome', admin1: 'Lazio', country: 'Italy' };
  const roma = { name: 'Roma', admin1: 'Texas', country: 'United States' };
  assert.equal(choosePlace('Roma', [rome, roma]), rome);
  const west = { name: 'Arlington', admin1: 'West Virginia', country: 'United States' };
  const east = { name: 'Arlington', admin1: 'Virginia', country: 'United States' };
  assert.equal(choosePlace('Arlington, Virginia', [west, east]), east);
  assert.equal(placeLabel({ name: 'Tokyo', admin1: 'Tokyo', country: 'Japan' }), 'Tokyo, Japan');
  assert.equal(searchedName(' Paris , Texas'), 'Paris');
});

test('repositories and users are found in what people paste', () => {
  const expected = { owner: 'nodejs', name: 'node' };
  for (const text of [
    'nodejs/node',
    ' https://github.com/nodejs/node ',
    'github.com/nodejs/node.git',
    'https://www.github.com/nodejs/node/issues/1?x=1#top',
  ])
    assert.deepEqual(parseRepository(text), expected, text);
  for (const text of [
    'nodejs',
    'nodejs/',
    '/node',
    'a/..',
    'a/.',
    '-a/b',
    'a--b/c',
    'a/b c',
    `${'a'.repeat(40)}/b`,
  ])
    assert.equal(parseRepository(text), undefined, text);
  assert.equal(parseLogin('@octocat'), 'octocat');
  assert.equal(parseLogin('https://github.com/octocat'), 'octocat');
  assert.equal(parseLogin('octo cat'), undefined);
});

describe('the chart', () => {
  const day = Array.from({ length: 24 }, (_, hour) => 10 * Math.sin(hour / 4));
  const series: Readonly<Record<string, readonly (number | null)[]>> = {
    'a day': day,
    'five days': [...day, ...day, ...day, ...day, ...day],
    'one temperature all day': day.map(() => -3),
    'from one end of the earth to the other': [-89.2, 56.7],
    'no temperatures': [],
    gaps: day.map((value, hour) => (hour % 3 === 0 ? null : value)),
    'nothing known': day.map(() => null),
    'more hours than days': [...day, ...day],
  };
  for (const [what, temperatures] of Object.entries(series)) {
    test(`of ${what} is a well-formed PNG`, () => {
      const png = temperatureChart(
        temperatures,
        ['21', '22', '23', '24', '25'].slice(0, Math.ceil(temperatures.length / 24)),
      );
      const chunks = chunksOf(png);
      assert.deepEqual(
        chunks.map(({ type }) => type),
        ['IHDR', 'PLTE', 'IDAT', 'IEND'],
      );
      const [header, palette, data] = chunks.map((chunk) => chunk.data);
      assert.ok(header && palette && data);
      const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
      const pixels = inflateSync(data);
      assert.equal(pixels.length, (width + 1) * height);
      assert.ok(Math.max(...pixels) < palette.length / 3);
    });
  }
});

function chunksOf(png: Buffer) {
  const chunks: { readonly type: string; readonly data: Buffer }[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    const named = png.subarray(at + 4, at + 8 + png.readUInt32BE(at));
    assert.equal(png.readUInt32BE(at + 4 + named.length), crc32(named));
    chunks.push({ type: named.toString('latin1', 0, 4), data: named.subarray(4) });
  }
  return chunks;
}
