import type { Context } from 'hono';
import { discordErrors } from '../forms/discord-error.ts';

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
  try {
    return JSON.parse(text);
  } catch {
    throw discordErrors.invalidJson();
  }
}
