/** What a contender's process can be told to do. Times are milliseconds. */
export type Order =
  /** Writes rows of version 1: `prefix` and a number. */
  | { readonly do: 'fill'; readonly prefix: string; readonly count: number }
  /** Reads `count` of them one after another, each `times`: the median of one read, in µs. */
  | { readonly do: 'time'; readonly prefix: string; readonly count: number; readonly times: number }
  /** `callers` at once; a load takes 50 ms: how many there were. */
  | { readonly do: 'stampede'; readonly key: string; readonly callers: number }
  /** One read of a cold key, given up after 5 s: how long it took. */
  | { readonly do: 'cold'; readonly key: string }
  | { readonly do: 'write'; readonly key: string; readonly version: number }
  /** Looks once a millisecond until it is given `version`, for 2 s: when, by the machine's monotonic clock, or -1. */
  | { readonly do: 'watch'; readonly key: string; readonly version: number }
  | ({ readonly do: 'zipf' } & ZipfOrder);

/** Reads of this process's share of the guilds, whose popularity falls with their rank (s = 1), at an even rate. */
export interface ZipfOrder {
  readonly guilds: number;
  /** It has the ranks that leave this rest when divided by `processes`. */
  readonly process: number;
  readonly processes: number;
  /** Of all processes together. */
  readonly perSecond: number;
  readonly ms: number;
}

/** Named numbers. */
export type Figures = Readonly<Record<string, number>>;
