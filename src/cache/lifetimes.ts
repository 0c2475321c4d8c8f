/** How long the entries of a namespace live. `absentMs` is `sharedMs` for an entry that says "no row" (version 0). */
export interface Lifetimes {
  /** L1: an entry is served without a look at L2. */
  readonly nearMs: number;
  /** L2: an entry is fresh. L1 never serves one for longer than it is fresh in L2. */
  readonly sharedMs: number;
  readonly absentMs: number;
  /** Kept past its freshness, for the time that the loader is unavailable. */
  readonly staleMs: number;
}

/** Past its freshness an entry is still handed out for so long, while it is being loaded anew (RFC 5861, stale-while-revalidate). */
export const revalidateMs = 10_000;

/** After a load that failed, what is stale is served for so long before the loader is tried again. */
export const retryMs = 1_000;

export function freshMs({ sharedMs, absentMs }: Lifetimes, version: number): number {
  return version === 0 ? absentMs : sharedMs;
}

/**
 * XFetch with β = 1 (Vattani, Chiera, Lowenstein: "Optimal Probabilistic Cache Stampede Prevention", VLDB 2015): each reader
 * decides by itself, with a probability that grows as the end comes near, so that many readers do not do so together.
 * `leftMs` of freshness, `loadMs` that a load takes. Always true when nothing is left.
 */
export function refreshDue(leftMs: number, loadMs: number, random: () => number = Math.random): boolean {
  return leftMs <= -loadMs * Math.log(1 - random());
}
