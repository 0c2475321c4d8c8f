import { readFileSync } from 'node:fs';
import type { Schema, Schemas } from './strict-schema.ts';

export type Parameter = {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required?: boolean;
  readonly schema: Schema;
};
type Content = { readonly [mime: string]: { readonly schema?: Schema } };
type ResponseOf = { readonly $ref?: string; readonly content?: Content };

export type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses: { readonly [status: string]: ResponseOf };
  readonly security?: readonly { readonly BotToken?: readonly string[] }[];
};
type PathItem = { readonly parameters?: readonly Parameter[]; readonly [method: string]: unknown };

export type Description = {
  readonly paths: { readonly [template: string]: PathItem };
  readonly components: {
    readonly schemas: Schemas;
    readonly responses: { readonly [name: string]: ResponseOf };
  };
};

export type Route = {
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  /** The values of the path's parameters, decoded. */
  readonly values: Readonly<Record<string, string>>;
};

export function readDescription(file: string): Description {
  return JSON.parse(readFileSync(file, 'utf8')) as Description;
}

/** Finds the operation of a request by its path below `/api/v10`, still percent-encoded. */
export function router({ paths }: Description): (method: string, path: string) => Route | undefined {
  const templates = Object.entries(paths).map(([template, item]) => ({
    item,
    pattern: new RegExp(`^${template.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    // `@original` goes before `{message_id}`, `@me` before `{user_id}`.
    parameters: template.match(/\{/g)?.length ?? 0,
  }));
  templates.sort((one, other) => one.parameters - other.parameters);
  return (method, path) => {
    const plain = path.replaceAll(/%40/gi, '@');
    for (const { item, pattern } of templates) {
      const match = pattern.exec(plain);
      const operation = match && (item[method.toLowerCase()] as Operation | undefined);
      if (!operation) continue;
      const values = Object.entries(match.groups ?? {}).map(([name, value]) => [
        name,
        decodeURIComponent(value),
      ]);
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
      return { operation, parameters, values: Object.fromEntries(values) as Record<string, string> };
    }
    return undefined;
  };
}

/** What the description says of an answer with this status; `undefined` where it says nothing. */
export function responseOf(
  { components }: Description,
  { responses }: Operation,
  status: number,
): ResponseOf | undefined {
  const found = responses[String(status)] ?? responses[`${String(status)[0]}XX`];
  return found?.$ref === undefined ? found : components.responses[found.$ref.split('/').at(-1) ?? ''];
}
