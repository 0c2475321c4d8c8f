/** events/gateway-events.mdx, Identify: a guild with more members counts as large. */
const least = 50;
const most = 250;

/** A client may say from 50 to 250; whatever else it says counts as the nearest of these, and nothing as 50. */
export function readLargeThreshold(value: unknown): number {
  return typeof value === 'number' ? Math.max(least, Math.min(value, most)) : least;
}
