import type { Context } from 'hono';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';

/** The JSON of a request: its body, or `payload_json` of a multipart form (reference.mdx, Uploading Files). Files are not read. */
export async function readBody(c: Context): Promise<unknown> {
  const multipart = c.req.header('content-type')?.startsWith('multipart/form-data') ?? false;
  return parse(multipart ? await payloadJson(c) : await c.req.text());
}

async function payloadJson(c: Context): Promise<string> {
  try {
    const payload = (await c.req.formData()).get('payload_json');
    return typeof payload === 'string' ? payload : '{}';
  } catch {
    throw discordErrors.invalidJson();
  }
}

function parse(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw discordErrors.invalidJson();
  }
  if (!isShallow(body)) {
    throw invalidForm([{ path: [], code: 'BASE_TYPE_INVALID', message: 'The body is nested too deeply.' }]);
  }
  return body;
}

/** Nothing that Discord documents is a third as deep; what is kept and shown again must not overflow the stack. */
const maxDepth = 64;

function isShallow(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; depth < maxDepth; depth += 1) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return true;
  }
  return false;
}
