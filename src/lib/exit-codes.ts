/** Exit codes of every Shoal process, after BSD `sysexits.h`. PM2 does not restart on `usage`, `data` and `config`. */
export const exitCodes = {
  ok: 0,
  /** The command line is wrong. */
  usage: 64,
  /** Something that is on disk or in a store contradicts this release (a changed migration). */
  data: 65,
  /** A server that is needed cannot be reached; trying again later may help. */
  unavailable: 69,
  /** A defect of ours. */
  software: 70,
  /** The environment is wrong: a variable, a token; trying again will not help. */
  config: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
