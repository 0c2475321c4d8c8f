import type { Unit } from '../../grafana/source/source.ts';

const texts: Readonly<Record<Unit, (value: number) => string>> = {
  s: secondsText,
  percentunit: (value) => `${number(value * 100)} %`,
  bytes: bytesText,
  ops: (value) => `${number(value)}/s`,
  short: number,
};

/** A value in its unit, short enough for an axis; the two stay on one line. */
export function valueText(value: number, unit: Unit): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  return texts[unit](value).replace(' ', '\u{A0}');
}

const seconds = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
  [0.001, 'ms'],
  [0.000001, 'µs'],
] as const;

function secondsText(value: number): string {
  if (value === 0) return '0 s';
  const [size, name] = seconds.find(([least]) => Math.abs(value) >= least) ?? ([0.000001, 'µs'] as const);
  return `${number(value / size)} ${name}`;
}

function bytesText(value: number): string {
  const names = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(names.length - 1, Math.floor(Math.log2(Math.max(1, Math.abs(value))) / 10));
  return `${number(value / 1024 ** power)} ${names[power]}`;
}

/** Three digits that count. */
function number(value: number): string {
  return new Intl.NumberFormat('en', { maximumSignificantDigits: 3, notation: 'compact' }).format(value);
}
