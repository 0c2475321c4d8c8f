import type { z } from 'zod';

/**
 * One call of the sandbox's own API, shared by its server, its client and its description. `path` is below `/sandbox`,
 * with `{name}` where a property of the input stands; the rest of the input is the query of a GET, else the JSON body.
 */
export type Endpoint<Input extends z.ZodType = z.ZodType, Answer extends z.ZodType = z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: `/${string}`;
  readonly summary: string;
  readonly input: Input;
  readonly answer: Answer;
  /** Default: JSON. A stream's `answer` is one of its events. */
  readonly media?: 'text/event-stream';
};

export function endpoint<Input extends z.ZodType, Answer extends z.ZodType>(
  defined: Endpoint<Input, Answer>,
): Endpoint<Input, Answer> {
  return defined;
}

/** The names that stand in a path. */
export function pathNames(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), ([, name = '']) => name);
}
