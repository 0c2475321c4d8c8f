import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';

/** The body of a request, checked. Refuses (400) what is no JSON or has another form. */
export async function body<T>(request: { json(): Promise<unknown> }, form: z.ZodType<T>): Promise<T> {
  const result = form.safeParse(await json(request));
  if (result.success) return result.data;
  throw refusal(400, z.prettifyError(result.error).replaceAll('\n', ' '));
}

/** 400: it makes no sense; 409: not now; 413: it is too long; 503: who would have to answer does not. */
export function refusal(status: 400 | 409 | 413 | 503, message: string): HTTPException {
  return new HTTPException(status, { message });
}

async function json(request: { json(): Promise<unknown> }): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw refusal(400, 'the body is not JSON');
  }
}
