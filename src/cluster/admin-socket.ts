import { once } from 'node:events';
import { rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import type { Hono } from 'hono';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serveHttp, type HttpServer } from '../http/http.ts';

/** The operator's way in: HTTP on a unix socket that only its owner may use. */
export function serveAdmin(path: string, app: Hono): Promise<HttpServer> {
  const umask = process.umask(0o177);
  try {
    // Bound before it returns its promise: there is no moment in which others may connect.
    return serveHttp(app, { path }, 'ADMIN_SOCKET');
  } finally {
    process.umask(umask);
  }
}

/**
 * Throws a `Failure` (exit 78, which PM2 does not try again) when a manager answers on the socket, so that one host never runs a
 * bot's shards twice by mistake. Removes the file that a killed manager left.
 */
export async function refuseSecondManager(path: string): Promise<void> {
  if (statSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return;
  const socket = connect(path);
  try {
    await once(socket, 'connect');
  } catch (error) {
    removeAbandoned(path, error);
    return;
  } finally {
    socket.destroy();
  }
  throw new Failure(
    `another manager answers on ADMIN_SOCKET ${path}; stop it, or set ADMIN_SOCKET to run a second bot`,
    exitCodes.config,
  );
}

/** A refused connection: nobody listens any more. Anything else (a socket of another user) is not ours to remove. */
function removeAbandoned(path: string, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code !== 'ECONNREFUSED' && code !== 'ENOENT')
    throw new Failure(
      `ADMIN_SOCKET ${path} cannot be used (${code}); set it to a path of your own`,
      exitCodes.config,
    );
  rmSync(path, { force: true });
}
