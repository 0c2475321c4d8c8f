import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../lib/failure.ts';
import { errorText } from '../lib/error-text.ts';
import { freePort } from './free-port.ts';
import type { ServerProcess } from './server-process.ts';

export interface StartOptions {
  /** Starts the process on that port. */
  readonly run: (port: number) => ServerProcess | Promise<ServerProcess>;
  /**
   * Resolves once our server on that port does its work; rejects while it does not. It must tell ours from a stranger
   * who took the port in between: with our password it does.
   */
  readonly probe: (port: number, signal: AbortSignal) => Promise<unknown>;
  readonly signal: AbortSignal;
  /** Where a port comes from; another is asked for when one was taken in between. */
  readonly nextPort?: () => Promise<number>;
}

export interface RunningServer {
  readonly process: ServerProcess;
  readonly port: number;
}

const startDeadlineMs = 30_000;
const portAttempts = 5;

/** Starts a server on a free port and waits until it does its work. A server that does not is stopped. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { nextPort = freePort, signal, run } = options;
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    const port = await nextPort();
    const server = await run(port);
    try {
      await untilReady(server, port, options);
      return { process: server, port };
    } catch (error) {
      await server.stop();
      // PostgreSQL, PgBouncer and Redis all print the system's own words for EADDRINUSE.
      if (attempt === portAttempts || !/address already in use/i.test(server.log())) throw error;
    }
  }
}

async function untilReady(server: ServerProcess, port: number, options: StartOptions): Promise<void> {
  const deadline = AbortSignal.timeout(startDeadlineMs);
  const ended = new AbortController();
  void server.ended.then(() => ended.abort());
  const signal = AbortSignal.any([options.signal, deadline, ended.signal]);
  let last: unknown;
  while (!signal.aborted) {
    try {
      await options.probe(port, signal);
      return;
    } catch (error) {
      last = error;
    }
    await delay(10);
  }
  options.signal.throwIfAborted();
  const why = ended.signal.aborted
    ? `it ended with ${await server.obituary()}`
    : `it did not answer on 127.0.0.1:${port} within ${startDeadlineMs / 1000} s (${errorText(last)})`;
  throw new Failure(`${server.name} did not start: ${why}`);
}
