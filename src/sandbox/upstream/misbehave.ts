import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { FaultOf } from '../control/fault-forms.ts';
import type { ActiveFaults } from '../faults/active-faults.ts';
import type { UpstreamName } from './upstream-names.ts';

/** More than any of the services ever sends, in one string of JSON. */
const hugeBytes = 64 * 2 ** 20;
const chunk = new Uint8Array(2 ** 16).fill('x'.charCodeAt(0));

type Env = { Bindings: HttpBindings };

type UpstreamFault = FaultOf<'upstream'>;

/** Lets the upstream answer, or fail as a fault says. */
export function misbehave(faults: ActiveFaults, upstream: UpstreamName): MiddlewareHandler<Env> {
  return async (c, next) => {
    const fault = faults.strike('upstream', { upstream })?.form;
    if (!fault) return next();
    if (fault.mode !== 'slow') return failures[fault.mode](c, fault);
    await delay(fault.delay_ms, undefined, { ref: false });
    return next();
  };
}

type FailureMode = Exclude<UpstreamFault['mode'], 'slow'>;
type Failure = (c: Context<Env>, fault: UpstreamFault) => Response | Promise<Response>;

const failures: Readonly<Record<FailureMode, Failure>> = {
  status: errorStatus,
  hang,
  reset: (c) => {
    c.env.incoming.socket.resetAndDestroy();
    return RESPONSE_ALREADY_SENT;
  },
  'not-json': (c) => c.html('<!doctype html><title>Just a moment…</title><h1>Checking your connection</h1>'),
  'wrong-shape': (c) => c.json([{ version: 99, payload: null }]),
  huge: () => new Response(hugeJson(), { headers: { 'content-type': 'application/json' } }),
};

function errorStatus(c: Context<Env>, { status, retry_after_s }: UpstreamFault): Response {
  if (retry_after_s !== undefined) c.header('retry-after', String(retry_after_s));
  return c.json({ message: `status ${status}` }, status as ContentfulStatusCode);
}

/** Says nothing until the client gives up. */
async function hang(c: Context<Env>): Promise<Response> {
  await once(c.env.outgoing, 'close');
  return RESPONSE_ALREADY_SENT;
}

/** Made as fast as it is read, and no faster. */
function hugeJson(): ReadableStream<Uint8Array> {
  const quote = new TextEncoder().encode('"');
  let left = hugeBytes;
  return new ReadableStream({
    start: (controller) => controller.enqueue(quote),
    pull: (controller) => {
      left -= chunk.length;
      if (left >= 0) return controller.enqueue(chunk);
      controller.enqueue(quote);
      return controller.close();
    },
  });
}
