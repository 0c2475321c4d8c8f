import type { Limits, Unit } from '../../grafana/source/source.ts';
import type { Named } from './answers.ts';
import { escaped } from './html.ts';
import type { Range } from './prometheus.ts';
import { valueText } from './value-text.ts';

/** In units of the drawing, which is as wide as its panel. */
const size = { width: 420, height: 150, left: 52, right: 6, top: 8, bottom: 18 } as const;
/** Lines differ by these too, so that colour is not needed. */
export const dashes = ['', '6 3', '2 3', '9 3 2 3', '12 4', '1 2', '5 2 1 2', '3 6'] as const;

interface Drawing {
  readonly title: string;
  readonly unit: Unit;
  readonly limits: Limits | undefined;
  readonly stacked: boolean;
  readonly range: Range;
}
type Points = readonly (readonly [at: number, low: number, high: number])[];

/** A time series as SVG: one line for each of the series, in their order, or areas on top of each other. */
export function chart(series: readonly Named[], drawing: Drawing): string {
  const lines = drawing.stacked
    ? stackedLines(series)
    : series.map(({ series: { points } }) => plain(points));
  const scale = scaleOf(lines, drawing);
  const drawn = lines.map((points, index) => line(points, index, drawing, scale)).join('');
  return `<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-label="${escaped(summary(series, drawing))}">
${grid(scale, drawing)}${drawn}${limitLines(scale, drawing)}</svg>`;
}

function summary(series: readonly Named[], { title, unit }: Drawing): string {
  const now = series.map(({ name, series: { points } }) => {
    return `${name} ${valueText(points.at(-1)?.[1] ?? Number.NaN, unit)}`;
  });
  return `${title}, newest values: ${now.join(', ')}`;
}

function plain(points: readonly (readonly [number, number])[]): Points {
  return points.map(([at, value]) => [at, 0, value]);
}

/** Each series begins where those before it end, at each time. */
function stackedLines(series: readonly Named[]): Points[] {
  const sums = new Map<number, number>();
  return series.map(({ series: { points } }) =>
    points.map(([at, value]) => {
      const low = sums.get(at) ?? 0;
      const high = low + (Number.isFinite(value) ? value : 0);
      sums.set(at, high);
      return [at, low, high] as const;
    }),
  );
}

interface Scale {
  readonly ticks: readonly number[];
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
}

function scaleOf(lines: readonly Points[], { range, limits }: Drawing): Scale {
  const values = lines.flatMap((points) => points.map(([, , high]) => high)).filter(Number.isFinite);
  const highest = values.reduce((most, value) => Math.max(most, value), 0);
  const lowest = values.reduce((least, value) => Math.min(least, value), 0);
  // A limit that is near is worth its space; one far above would make a flat line of everything.
  const near = [limits?.warn, limits?.bad].filter((limit) => limit !== undefined && limit <= highest * 2);
  const span = Math.max(highest, ...near.map(Number)) - lowest;
  const step = niceStep(span / 4);
  const bottom = Math.floor(lowest / step) * step;
  const steps = Math.max(1, Math.ceil((lowest + span - bottom) / step - 1e-9));
  const ticks = Array.from({ length: steps + 1 }, (_, index) => bottom + index * step);
  const top = bottom + steps * step;
  const height = size.height - size.top - size.bottom;
  const width = size.width - size.left - size.right;
  return {
    ticks,
    x: (at) => size.left + ((at - range.start) / (range.end - range.start)) * width,
    y: (value) => size.top + (1 - (value - bottom) / (top - bottom)) * height,
  };
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
function niceStep(atLeast: number): number {
  if (atLeast <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return power * ([1, 2, 2.5, 5].find((factor) => factor * power >= atLeast) ?? 10);
}

function grid({ ticks, x, y }: Scale, { unit, range }: Drawing): string {
  const across = ticks.map(
    (value) =>
      `<line class="grid" x1="${size.left}" x2="${size.width - size.right}" y1="${r(y(value))}" y2="${r(y(value))}"/>` +
      `<text x="${size.left - 5}" y="${r(y(value) + 3)}" text-anchor="end">${escaped(valueText(value, unit))}</text>`,
  );
  const times = [range.start, (range.start + range.end) / 2, range.end];
  const anchors = ['start', 'middle', 'end'];
  const below = times.map(
    (at, index) =>
      `<text x="${r(x(at))}" y="${size.height - 4}" text-anchor="${anchors[index]}">${clockTime(at)}</text>`,
  );
  return [...across, ...below].join('');
}

function line(points: Points, index: number, { stacked, range }: Drawing, scale: Scale): string {
  const parts = unbroken(points, range.step).map((part) => {
    const top = part.map(([at, , high]) => `${r(scale.x(at))} ${r(scale.y(high))}`);
    const bottom = part.map(([at, low]) => `${r(scale.x(at))} ${r(scale.y(low))}`).toReversed();
    const area = stacked ? `<path class="area s${index}" d="M${[...top, ...bottom].join('L')}Z"/>` : '';
    return `${area}<path class="line s${index}" stroke-dasharray="${dashes[index]}" d="M${top.join('L')}"/>`;
  });
  return parts.join('');
}

/** Where nothing was known for a while, the line has a gap. */
function unbroken(points: Points, step: number): Points[] {
  const parts: (readonly [number, number, number])[][] = [];
  let before = -Infinity;
  for (const point of points) {
    const [at, , high] = point;
    if (!Number.isFinite(high)) continue;
    if (at - before > step * 1.5) parts.push([]);
    parts.at(-1)?.push(point);
    before = at;
  }
  return parts;
}

function limitLines({ ticks, y }: Scale, { limits = {} }: Drawing): string {
  const [lowest = 0, highest = 0] = [ticks[0], ticks.at(-1)];
  return (['warn', 'bad'] as const)
    .filter((level) => (limits[level] ?? Infinity) <= highest && (limits[level] ?? -Infinity) >= lowest)
    .map((level) => {
      const at = r(y(limits[level] ?? 0));
      return `<line class="limit ${level}" x1="${size.left}" x2="${size.width - size.right}" y1="${at}" y2="${at}"/>`;
    })
    .join('');
}

/** In UTC, as the page says. */
export function clockTime(at: number): string {
  return new Date(at * 1000).toISOString().slice(11, 16);
}

function r(value: number): string {
  return value.toFixed(1);
}
