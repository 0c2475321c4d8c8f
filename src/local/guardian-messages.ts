import type { ExitCode } from '../lib/exit-codes.ts';
import type { Environment } from './environment.ts';
import type { LocalPart } from './server-context.ts';

/** What the guardian is to start; the first and only message that it gets. It stops when the channel closes. */
export interface GuardianOrder {
  readonly environment: Environment;
  /** Paths of programs. */
  readonly programs: {
    /** Starts PostgreSQL and PgBouncer. */
    readonly pgbouncer?: string | undefined;
    /** Starts both Redis. */
    readonly redis?: string | undefined;
  };
  /** A data directory to begin with. */
  readonly postgresData?: string | undefined;
}

/** Connection URLs of what was started. */
export interface GuardianUrls {
  readonly POSTGRES_URL?: string;
  readonly POSTGRES_DIRECT_URL?: string;
  readonly REDIS_URL?: string;
  readonly REDIS_STATE_URL?: string;
}

/** What the guardian tells its parent. */
export type GuardianMessage =
  /** Where the data is, so that the parent can remove it if the guardian is killed. */
  | { readonly type: 'directory'; readonly path: string }
  | { readonly type: 'progress'; readonly line: string }
  | { readonly type: 'started'; readonly urls: GuardianUrls; readonly parts: readonly LocalPart[] }
  /** Nothing runs: it cleans up and ends. */
  | { readonly type: 'failed'; readonly message: string; readonly exitCode: ExitCode };
