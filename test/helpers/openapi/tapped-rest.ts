import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Exchange } from './exchange.ts';

export const apiRoot = '/api/v10/';

/** A line of the file: bodies are in base64. */
export type WrittenExchange = Omit<Exchange, 'body' | 'responseBody'> & {
  readonly body: string;
  readonly responseBody: string;
};

export type RestTap = AsyncDisposable & {
  /** For the environment of whoever starts the sandbox, and with it the sandbox. */
  readonly env: { readonly NODE_OPTIONS: string; readonly REST_EXCHANGES_FILE: string };
  exchanges(): Promise<readonly Exchange[]>;
};

/** Listens to the REST API of a sandbox that somebody else starts, and whose address nobody may change. */
export async function makeRestTap(): Promise<RestTap> {
  const folder = await mkdtemp(path.join(tmpdir(), 'shoal-rest-'));
  const file = path.join(folder, 'exchanges.jsonl');
  const module = path.join(import.meta.dirname, 'rest-tap.ts');
  return {
    env: { NODE_OPTIONS: `--import ${module}`, REST_EXCHANGES_FILE: file },
    exchanges: async () => (await readFile(file, 'utf8')).split('\n').filter(Boolean).map(readLine),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

function readLine(line: string): Exchange {
  const written = JSON.parse(line) as WrittenExchange;
  return { ...written, body: bytesOf(written.body), responseBody: bytesOf(written.responseBody) };
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}
