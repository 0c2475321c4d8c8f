import type { IncomingMessage, ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import type { ActiveFaults } from '../faults/active-faults.ts';
import { DiscordError } from '../forms/discord-error.ts';
import { recordRequest } from '../recorder/record-requests.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { parseBody } from './body.ts';
import { answerInteraction, callbackRoute, type CallbackParts } from './interaction-callback.ts';
import { via, type InvalidRequests } from './invalid-requests.ts';
import { maxBytes } from './size-limit.ts';

type Parts = CallbackParts & {
  readonly recorder: Recorder;
  readonly faults: ActiveFaults;
  readonly invalid: InvalidRequests;
};

/** Plain letters in both: what is percent-encoded, and a query, goes the general way. */
const path = /^\/api\/v10\/interactions\/(\d+)\/([\w-]+)\/callback$/;

/** Passes over a byte order mark, as the text of a `Request` does. */
const utf8 = new TextDecoder();

type Received = { readonly id: string; readonly token: string; readonly startedAt: number };

/**
 * Bots send more of these than of everything else together, and the general way through `Request` and `Response` costs
 * more than all that happens to the interaction. So a callback in JSON is answered here, as the general way would, unless
 * something stands in between: a fault, a ban, a body without its length. Returns whether it took the request.
 */
export function quickCallback(parts: Parts): (request: IncomingMessage, response: ServerResponse) => boolean {
  const { faults, invalid } = parts;
  return (request, response) => {
    const [, id, token] = path.exec(request.url ?? '') ?? [];
    if (id === undefined || token === undefined || request.method !== 'POST') return false;
    const startedAt = performance.now();
    if (!isPlain(request) || !faults.isQuiet || invalid.isBanned(startedAt)) return false;
    const received = { id, token, startedAt };
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => void pieces.push(piece));
    request.once('end', () => {
      try {
        respond(parts, response, received, utf8.decode(Buffer.concat(pieces)));
      } catch (error) {
        // As Hono does with what no handler expected.
        process.stderr.write(`${inspect(error)}\n`);
        response.writeHead(500).end();
      }
    });
    return true;
  };
}

/** Of a length that is known and allowed, and no form with files. */
function isPlain({ headers }: IncomingMessage): boolean {
  const isForm = headers['content-type']?.startsWith('multipart/form-data') ?? false;
  return !isForm && Number(headers['content-length'] ?? Infinity) <= maxBytes;
}

function respond(parts: Parts, response: ServerResponse, received: Received, text: string): void {
  const { id, token, startedAt } = received;
  const error = problemOf(() => answerInteraction(parts, id, token, { body: parseBody(text), files: [] }));
  if (error) {
    const body = JSON.stringify(error.body());
    const headers = { 'content-type': 'application/json', via, 'content-length': Buffer.byteLength(body) };
    response.writeHead(error.status, headers).end(body);
  } else {
    response.writeHead(204, { via }).end();
  }
  const { statusCode: status } = response;
  recordRequest(parts.recorder, { method: 'POST', route: callbackRoute, status, startedAt, error, id });
}

/** Throws what is no answer of Discord's: that is a fault of the sandbox, which must be seen. */
function problemOf(act: () => unknown): DiscordError | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof DiscordError) return error;
    throw error;
  }
}
