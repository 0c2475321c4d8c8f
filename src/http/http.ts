import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

export interface HttpServer {
  /** The bound TCP port; 0 for a unix socket. */
  readonly port: number;
  stop(): Promise<void>;
}

export type Listen = { readonly host: string; readonly port: number } | { readonly path: string };

/**
 * Serves `app` until `stop`. `setting` is the variable that names the address, for the error message.
 * Throws a `Failure` (exit 69) when the address is taken or not ours to bind.
 */
export async function serveHttp(app: Hono, listen: Listen, setting: string): Promise<HttpServer> {
  const server = createAdaptorServer({ fetch: app.fetch });
  server.listen(listen);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw listenFailure(error, listen, setting);
  }
  return {
    port: 'port' in listen ? (server.address() as AddressInfo).port : 0,
    async stop() {
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listenFailure(error: unknown, listen: Listen, setting: string): Failure {
  const address = 'port' in listen ? `${listen.host}:${listen.port}` : listen.path;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const problem =
    code === 'EADDRINUSE'
      ? 'port' in listen
        ? 'is taken by another process'
        : 'is taken by another process or file'
      : `cannot be bound (${String(code)})`;
  return new Failure(`${setting}: ${address} ${problem}; free it or set ${setting}`, exitCodes.unavailable, {
    cause: error,
  });
}
