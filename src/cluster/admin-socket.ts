import { once } from 'node:events';
import { chmodSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { Hono } from 'hono';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { serveHttp, type HttpServer } from '../http/http.ts';
import type { AdminStatus } from '../ipc/messages.ts';

/**
 * The operator's way in: HTTP on a unix socket that only its owner may use. `GET /status` answers the cluster's status.
 * Throws a `Failure` when another manager answers on it, so that one host never runs a bot's shards twice by mistake.
 */
export async function serveAdmin(path: string, status: () => Promise<AdminStatus>): Promise<HttpServer> {
  await removeStaleSocket(path);
  const app = new Hono().get('/status', async (context) => context.json(await status()));
  const server = await serveHttp(app, { path }, 'ADMIN_SOCKET');
  chmodSync(path, 0o600);
  return server;
}

/** A socket file outlives a manager that was killed; only one that nobody answers on may go. */
async function removeStaleSocket(path: string): Promise<void> {
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
