import type { Environment } from './environment.ts';
import type { Account } from './run-command.ts';
import type { ServerProcess } from './server-process.ts';

/** What starting a server needs to know and to hand back. */
export interface ServerContext {
  readonly environment: Environment;
  readonly account: Account | undefined;
  readonly dataDirectory: string;
  readonly signal: AbortSignal;
  /** Hands the process to whoever stops everything, before anything else can go wrong. */
  readonly track: (server: ServerProcess) => ServerProcess;
  /** Registers what is left to do once every process has ended. */
  readonly afterStop: (clean: () => Promise<void>) => void;
}

/** A server of this machine, for a person to look at. */
export interface LocalPart {
  readonly name: 'postgres' | 'pgbouncer' | 'redis-cache' | 'redis-state';
  /** host:port */
  readonly address: string;
  /** `undefined`: not started by us. */
  readonly pid: number | undefined;
  /** "given" for a server that is not ours. */
  readonly version: string;
}
