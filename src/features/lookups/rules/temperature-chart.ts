import { Canvas } from './canvas.ts';
import { encodePng } from './png.ts';

const width = 600;
const height = 200;
const area = { left: 66, right: width - 12, top: 16, bottom: height - 30 } as const;

/** Degrees between two lines of the grid; the first that needs no more than six of them. */
const steps = [1, 2, 5, 10, 20, 50] as const;
const linesMax = 6;
const hoursADay = 24;

/**
 * A PNG of the temperatures of whole days, hour by hour from midnight; `null` where one is not known. `days`: what stands below each
 * day, in digits.
 */
export function temperatureChart(temperatures: readonly (number | null)[], days: readonly string[]): Buffer {
  const canvas = new Canvas(width, height);
  const { low, high, step } = scaleOf(temperatures.filter((value) => value !== null));
  const hours = Math.max(days.length * hoursADay, 1);
  const xOf = (hour: number) => area.left + (hour / hours) * (area.right - area.left);
  const yOf = (value: number) => area.bottom - ((value - low) / (high - low)) * (area.bottom - area.top);
  for (let value = low; value <= high; value += step) {
    canvas.horizontal(Math.round(yOf(value)), area.left, area.right);
    canvas.textLeftOf(`${value}°`, area.left - 8, yOf(value));
  }
  for (const [index, day] of days.entries()) {
    canvas.vertical(Math.round(xOf(index * hoursADay)), area.top, area.bottom);
    canvas.textBelow(day, xOf((index + 0.5) * hoursADay), area.bottom + 9);
  }
  for (let hour = 1; hour < Math.min(temperatures.length, hours); hour++) {
    const [from, to] = [temperatures[hour - 1], temperatures[hour]];
    if (typeof from !== 'number' || typeof to !== 'number') continue;
    canvas.segment(xOf(hour - 1), yOf(from), xOf(hour), yOf(to));
  }
  return encodePng(canvas);
}

/** From a line of the grid below the lowest value to one above the highest. */
function scaleOf(values: readonly number[]): { low: number; high: number; step: number } {
  const [least, most] = [Math.min(...values, Infinity), Math.max(...values, -Infinity)];
  if (least > most) return { low: 0, high: 1, step: 1 };
  const step = steps.find((size) => (most - least) / size <= linesMax - 2) ?? 100;
  const low = Math.floor(least / step) * step;
  return { low, high: Math.max(Math.ceil(most / step) * step, low + step), step };
}
