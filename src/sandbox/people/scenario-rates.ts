import type { Plan, RateForm } from '../control/scenario-forms.ts';
import type { Ramp } from './arrivals.ts';

export function ratesOf(rate: RateForm | undefined, scale: number): Pick<Ramp, 'from' | 'to'> {
  const { from, to } = typeof rate === 'object' ? rate : { from: rate ?? 0, to: rate ?? 0 };
  return { from: from * scale, to: to * scale };
}

/** What rates are multiplied by: they may be told for another number of guilds than take part. */
export function scaleOf({ per_guilds }: Plan, guilds: number): number {
  return per_guilds === undefined ? 1 : guilds / per_guilds;
}
