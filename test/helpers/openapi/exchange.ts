import type { IncomingHttpHeaders } from 'node:http';

/** A request and what it was answered with, as they went over the wire. */
export type Exchange = {
  readonly method: string;
  /** With its query, percent-encoded. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly status: number;
  readonly responseHeaders: IncomingHttpHeaders;
  readonly responseBody: Buffer;
};

/** The JSON of a request: its body, or the `payload_json` of a form; `undefined` where there is none, or no JSON. */
export async function requestJson({ headers, body }: Exchange): Promise<unknown> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return parseJson(body.toString());
  const response = new Response(new Uint8Array(body), { headers: { 'content-type': type } });
  const payload = (await response.formData()).get('payload_json');
  return typeof payload === 'string' ? parseJson(payload) : undefined;
}

export function responseJson({ responseBody }: Exchange): unknown {
  return parseJson(responseBody.toString());
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
