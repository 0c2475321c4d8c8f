import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { errorText } from '../lib/error-text.ts';
import { Failure } from '../lib/failure.ts';
import type { AdminStatus } from './messages.ts';
import type { ReshardProgress, RestartProgress } from './supervision.ts';

export interface AdminRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  /** How long the answer may take; default 10 s. */
  readonly deadlineMs?: number;
}

/** Asks the manager behind `socketPath` how the cluster is. Throws a `Failure` (exit 69) when no manager answers there. */
export async function fetchAdminStatus(socketPath: string): Promise<AdminStatus> {
  return (await askManager(socketPath, { method: 'GET', path: '/status' })) as AdminStatus;
}

/** The manager's answer. Throws a `Failure` (exit 69) when no manager answers, or with its own words when it refuses. */
export async function askManager(socketPath: string, asked: AdminRequest): Promise<unknown> {
  const response = await send(socketPath, asked);
  return JSON.parse(await whole(response));
}

/** The steps of a restart as they happen. Throws as `askManager`. Who stops listening does not stop the restart. */
export async function* restartSteps(
  socketPath: string,
  shards: 'all' | readonly number[],
): AsyncGenerator<RestartProgress> {
  for await (const line of lines(socketPath, '/restart', { shards }))
    yield JSON.parse(line) as RestartProgress;
}

/** The steps of a reshard as they happen. Throws as `askManager`. Who stops listening does not stop it. */
export async function* reshardSteps(socketPath: string, shards: number): AsyncGenerator<ReshardProgress> {
  for await (const line of lines(socketPath, '/reshard', { shards }))
    yield JSON.parse(line) as ReshardProgress;
}

/** A shard may take two minutes; an answer that follows all of them has no deadline. */
async function* lines(socketPath: string, path: string, body: object): AsyncGenerator<string> {
  const response = await send(socketPath, { method: 'POST', path, body, deadlineMs: 2 ** 31 - 1 });
  try {
    yield* createInterface({ input: response });
  } catch (error) {
    throw brokenOff(error);
  }
}

async function send(socketPath: string, asked: AdminRequest): Promise<IncomingMessage> {
  const { method, path, body, deadlineMs = 10_000 } = asked;
  const call = request({ socketPath, method, path, signal: AbortSignal.timeout(deadlineMs) });
  call.end(body === undefined ? undefined : JSON.stringify(body));
  let response: IncomingMessage;
  try {
    [response] = (await once(call, 'response')) as [IncomingMessage];
  } catch (error) {
    throw new Failure(
      `no manager answers on ADMIN_SOCKET ${socketPath}: ${errorText(error)}; is it running?`,
    );
  }
  if (response.statusCode === 200) return response;
  const { error } = JSON.parse(await whole(response)) as { error: string };
  throw new Failure(error);
}

async function whole(response: IncomingMessage): Promise<string> {
  try {
    return await text(response);
  } catch (error) {
    throw brokenOff(error);
  }
}

function brokenOff(error: unknown): Failure {
  return new Failure(`the manager ended in the middle of its answer: ${errorText(error)}`);
}
