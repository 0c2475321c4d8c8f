/** How long events are gathered that are heard together; a killed process is sent those again. */
export const GATHER_MS = 250;

/** So many are heard together at most: of counted messages, a fact of 48 kB. */
export const GATHER_MAX = 1_000;
