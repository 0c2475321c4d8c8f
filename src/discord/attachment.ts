import { errorText } from '../lib/error-text.ts';

/** Where Discord serves what its users upload (reference, "CDN"; uploads move to media.discordapp.net when they are images). */
const hosts = ['cdn.discordapp.com', 'media.discordapp.net'];

/** A small file, from a server nearby, within the time of a first answer. */
const deadlineMs = 2_000;

/** `reason`: host (not Discord's), tooLarge (more than was asked for), or unreachable (no answer in time, or none of success). */
export class DownloadFailed extends Error {
  override readonly name = 'DownloadFailed';
  readonly reason: 'host' | 'tooLarge' | 'unreachable';

  constructor(reason: DownloadFailed['reason'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

export type Download = (url: string, maxBytes: number, signal: AbortSignal) => Promise<Buffer>;

/**
 * Reads files that members have sent, and nothing else: from Discord's hosts by https, or from that of `apiUrl`, where another API than
 * Discord's (the sandbox) serves its files too. Redirects are not followed. Rejects with `DownloadFailed`.
 */
export function downloadFrom(apiUrl: string): Download {
  const api = new URL(apiUrl);
  return async (text, maxBytes, signal) => {
    const url = URL.parse(text);
    if (url === null || !isAllowed(url, api))
      throw new DownloadFailed('host', 'not a file on Discord’s hosts');
    try {
      const response = await fetch(url, {
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return await bodyOf(response, maxBytes);
    } catch (error) {
      if (error instanceof DownloadFailed) throw error;
      throw new DownloadFailed('unreachable', errorText(error), { cause: error });
    }
  };
}

function isAllowed(url: URL, api: URL): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (hosts.includes(url.hostname)) return url.protocol === 'https:' && url.port === '';
  return url.hostname === api.hostname && url.protocol === api.protocol;
}

/** What a server says of the length is no promise: it is counted. */
async function bodyOf(response: Response, maxBytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new DownloadFailed('tooLarge', `more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
