import type { Context } from 'hono';
import { maxFileBytes, type UploadedFile } from '../cdn/cdn.ts';
import { discordErrors, invalidForm } from '../forms/discord-error.ts';

export type Upload = { readonly body: unknown; readonly files: readonly UploadedFile[] };

/** The JSON of a request. */
export async function readBody(c: Context): Promise<unknown> {
  return (await readUpload(c)).body;
}

/** The JSON of a request and its files: the body, or a multipart form with `payload_json` and `files[n]` (reference.mdx, Uploading Files). */
export async function readUpload(c: Context): Promise<Upload> {
  const isForm = c.req.header('content-type')?.startsWith('multipart/form-data') ?? false;
  if (!isForm) return { body: parseBody(await c.req.text()), files: [] };
  const form = await formOf(c);
  const payload = form.get('payload_json');
  return { body: parseBody(typeof payload === 'string' ? payload : '{}'), files: await filesOf(form) };
}

async function formOf(c: Context): Promise<FormData> {
  try {
    return await c.req.formData();
  } catch {
    throw discordErrors.invalidJson();
  }
}

/** resources/message.mdx, Create Message: at most ten files. */
const maxFiles = 10;

async function filesOf(form: FormData): Promise<UploadedFile[]> {
  const files: UploadedFile[] = [];
  for (const [field, value] of form) {
    const index = /^files\[(\d{1,3})\]$/.exec(field)?.[1];
    if (index === undefined || typeof value === 'string') continue;
    const { name, size, type } = value;
    if (size > maxFileBytes) throw discordErrors.tooLarge();
    const bytes = Buffer.from(await value.arrayBuffer());
    files.push({ index, name, contentType: type === '' ? undefined : type, bytes });
  }
  if (files.length <= maxFiles) return files;
  const message = `Must be ${maxFiles} or fewer in length.`;
  throw invalidForm([{ path: ['files'], code: 'BASE_TYPE_MAX_LENGTH', message }]);
}

/** Throws Discord's error for what is no JSON, or nested beyond reason. */
export function parseBody(text: string): unknown {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw discordErrors.invalidJson();
  }
  if (!isShallow(body, maxDepth)) {
    throw invalidForm([{ path: [], code: 'BASE_TYPE_INVALID', message: 'The body is nested too deeply.' }]);
  }
  return body;
}

/** Nothing that Discord documents is a third as deep; what is kept and shown again must not overflow the stack. */
const maxDepth = 64;

function isShallow(value: unknown, depthLeft: number): boolean {
  if (depthLeft === 0) return false;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((inner) => isShallow(inner, depthLeft - 1));
}
