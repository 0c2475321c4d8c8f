import { Hono, type Context } from 'hono';
import type { z } from 'zod';
import { Refusal } from '../driver/refusal.ts';
import { DiscordError } from '../forms/discord-error.ts';
import { sizeLimit } from '../rest/size-limit.ts';
import { pathNames, type Endpoint } from './endpoint.ts';
import { describe } from './openapi.ts';

type Awaitable<T> = T | Promise<T>;

/** Attaches what answers an endpoint; a `Refusal`, or an error of Discord's, that it throws is told as `{ error }`. */
export type Serve = <Input extends z.ZodType, Answer extends z.ZodType>(
  endpoint: Endpoint<Input, Answer>,
  /** What it returns is sent as JSON; a stream's `Response` is sent as it is. */
  handle: (input: z.output<Input>, c: Context) => Awaitable<z.input<Answer> | Response>,
) => void;

/** An API of endpoints, and `GET /openapi.json`, which describes those that `attach` attached. */
export function serveEndpoints(attach: (serve: Serve) => void): Hono {
  const api = new Hono();
  const served: Endpoint[] = [];
  api.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.message }, error.status);
    if (error instanceof DiscordError) return c.json({ error: error.message }, error.status);
    throw error;
  });
  api.use(sizeLimit());
  attach((endpoint, handle) => {
    served.push(endpoint);
    api.on(endpoint.method, endpoint.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (c) => {
      const answer = await handle(read(endpoint.input, await inputOf(c, endpoint)), c);
      return endpoint.media ? (answer as Response) : c.json(answer as object);
    });
  });
  api.get('/openapi.json', (c) => c.json(describe(served)));
  return api;
}

async function inputOf(c: Context, { method, path }: Endpoint): Promise<unknown> {
  const named = Object.fromEntries(pathNames(path).map((name) => [name, c.req.param(name)]));
  if (method === 'GET') return { ...c.req.query(), ...named };
  const text = await c.req.text();
  const body = text === '' ? {} : parse(text);
  return typeof body === 'object' && !Array.isArray(body) ? { ...body, ...named } : body;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal('the body must be JSON');
  }
}

function read<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
  );
}
