import { once } from 'node:events';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import type { Hono } from 'hono';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serveHttp, type HttpServer } from '../http/http.ts';

/** The operator's way in: HTTP on a unix socket that only its owner may use. */
export async function serveAdmin(path: string, app: Hono): Promise<HttpServer> {
  const server = await serveHttp(app, { path }, 'ADMIN_SOCKET');
  chmodSync(path, 0o600);
  return server;
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
  } catch {
    rmSync(path, { force: true });
    return;
  } finally {
    socket.destroy();
  }
  throw new Failure(
    `another manager answers on ADMIN_SOCKET ${path}; stop it, or set ADMIN_SOCKET to run a second bot`,
    exitCodes.config,
  );
}
