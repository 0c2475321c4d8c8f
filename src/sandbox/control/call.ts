import type { z } from 'zod';
import type { Endpoint } from './endpoint.ts';

/** Calls the control API. Throws an `Error` with the sandbox's own words when it refuses. */
export async function call<Input extends z.ZodType, Answer extends z.ZodType>(
  controlUrl: string,
  { method, path }: Endpoint<Input, Answer>,
  input: z.input<Input>,
): Promise<z.output<Answer>> {
  const rest = { ...(input as Record<string, unknown>) };
  const url = new URL(controlUrl);
  url.pathname += path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const { [name]: value } = rest;
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  if (method === 'GET') url.search = queryOf(rest);
  const body = { body: JSON.stringify(rest), headers: { 'content-type': 'application/json' } };
  const response = await fetch(url, { method, ...(method !== 'GET' && body) });
  const answer: unknown = await response.json();
  if (response.ok) return answer as z.output<Answer>;
  throw new Error(`sandbox: ${(answer as { readonly error: string }).error}`);
}

function queryOf(values: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return new URLSearchParams(
    given.map(([name, value]): [string, string] => [name, String(value)]),
  ).toString();
}
