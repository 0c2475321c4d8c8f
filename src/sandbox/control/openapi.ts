import { z } from 'zod';
import { pathNames, type Endpoint } from './endpoint.ts';

type JsonObject = Readonly<Record<string, unknown>>;

const refusal = {
  description: 'Refused; the reason in plain words',
  content: json({ type: 'object', required: ['error'], properties: { error: { type: 'string' } } }),
};

/** The OpenAPI 3.1 description of the sandbox's own API. */
export function describe(endpoints: readonly Endpoint[]): object {
  const paths: Record<string, JsonObject> = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Shoal sandbox',
      version: '1',
      description: 'Simulated members, faults and records of the Discord on loopback.',
    },
    servers: [{ url: '/sandbox' }],
    paths,
  };
}

function operation({ method, path, summary, input, answer, media }: Endpoint): JsonObject {
  const { properties = {}, required = [] } = schemaOf(input, 'input');
  const inPath = new Set(pathNames(path));
  const parameter = (name: string) => ({
    name,
    in: inPath.has(name) ? 'path' : 'query',
    required: inPath.has(name) || required.includes(name),
    schema: properties[name],
  });
  const names = Object.keys(properties);
  const parameters = names.filter((name) => method === 'GET' || inPath.has(name)).map(parameter);
  const ofBody = names.filter((name) => method !== 'GET' && !inPath.has(name));
  const body = {
    type: 'object',
    properties: Object.fromEntries(ofBody.map((name) => [name, properties[name]])),
    required: required.filter((name) => ofBody.includes(name)),
    additionalProperties: false,
  };
  return {
    summary,
    parameters,
    ...(ofBody.length > 0 && { requestBody: { content: json(body) } }),
    responses: {
      200: { description: 'Done', content: json(schemaOf(answer, 'output'), media) },
      '4XX': refusal,
    },
  };
}

type ObjectSchema = {
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
};

/** Objects of Discord's own, which zod does not know, become `{}`: discord-api-types describes them. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): ObjectSchema {
  const { $schema: _, ...shape } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return shape;
}

function json(schema: unknown, media = 'application/json'): JsonObject {
  return { [media]: { schema } };
}
