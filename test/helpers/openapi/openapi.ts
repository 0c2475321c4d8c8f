import { readDescription, responseOf, router, type Description, type Route } from './description.ts';
import { requestJson, responseJson, type Exchange } from './exchange.ts';
import { ruleFaults } from './request-rules.ts';
import { optionalBodies } from './deviations.ts';
import { withDeviations, type Schema } from './strict-schema.ts';
import { formType, undescribedPaths } from './undescribed.ts';
import { validators } from './validator.ts';

export type Judge = {
  /** What is wrong with the request, by Discord's description and documentation. */
  request(exchange: Exchange): Promise<readonly string[]>;
  /** What is wrong with the answer. */
  response(exchange: Exchange): readonly string[];
};

/** The reason of a skipped test where there is no description to judge by. */
export const withoutDescription =
  'DISCORD_OPENAPI_PATH is unset: nothing is judged by Discord’s OpenAPI description';

let judge: Judge | undefined;

/** The judge, or `undefined` where `DISCORD_OPENAPI_PATH` names no description. */
export function openapiJudge(): Judge | undefined {
  const { DISCORD_OPENAPI_PATH } = process.env;
  if (!DISCORD_OPENAPI_PATH) return undefined;
  return (judge ??= makeJudge(readDescription(DISCORD_OPENAPI_PATH)));
}

const apiRoot = '/api/v10';
const json = 'application/json';

function makeJudge(description: Description): Judge {
  const route = router({ ...description, paths: { ...description.paths, ...undescribedPaths } });
  const compile = validators(description.components.schemas);
  const routeOf = ({ method, url }: Exchange) => {
    const [path = ''] = url.split('?');
    return path.startsWith(apiRoot) ? route(method, path.slice(apiRoot.length)) : undefined;
  };

  return {
    request: async (exchange) => {
      const found = routeOf(exchange);
      if (!found) return ['no such operation'];
      return [
        ...parameterFaults(found, exchange.url, compile),
        ...reasonFaults(exchange),
        ...(await bodyFaults(found, exchange, compile)),
      ];
    },
    response: (exchange) => {
      const found = routeOf(exchange);
      const { status, responseBody } = exchange;
      // A ban is Cloudflare's answer, not the API's: it is the only one without this header (topics/rate-limits.mdx:146).
      if (status === 429 && exchange.responseHeaders.via === undefined) return [];
      if (!found) return status === 404 ? [] : [`${status} for an operation that does not exist`];
      const described = responseOf(description, found.operation, status);
      if (!described) return [`status ${status} is not described`];
      const faults = headerFaults(exchange);
      const schema = described.content?.[json]?.schema;
      if (!schema) return [...faults, ...(responseBody.length === 0 ? [] : ['a body where there is none'])];
      const body = responseJson(exchange);
      if (body === undefined) return [...faults, 'the body is no JSON'];
      return [...faults, ...compile(schema)(body)];
    },
  };
}

type Compile = ReturnType<typeof validators>;

function parameterFaults({ parameters, values }: Route, url: string, compile: Compile): string[] {
  const query = new URLSearchParams(url.split('?')[1]);
  const known = new Set(parameters.map(({ name }) => name));
  const unknown = [...query.keys()].filter((name) => !known.has(name));
  return [
    ...unknown.map((name) => `unknown query parameter ${name}`),
    ...parameters.flatMap(({ name, in: place, required, schema }) => {
      const given = place === 'path' ? values[name] : (query.get(name) ?? undefined);
      if (given === undefined) return required ? [`${place} parameter ${name} is missing`] : [];
      return compile(schema, true)(given).map((fault) => `${place} parameter ${name}: ${fault}`);
    }),
  ];
}

async function bodyFaults(
  { operation }: Route,
  exchange: Exchange,
  compile: Compile,
): Promise<readonly string[]> {
  const schema: Schema | undefined = operation.requestBody?.content[json]?.schema;
  const form = operation.requestBody?.content[formType]?.schema;
  if (!schema && form) return formFaults(form, exchange, compile);
  if (!schema) return exchange.body.length === 0 ? [] : ['a body where there is none'];
  const body = await requestJson(exchange);
  const { operationId, requestBody } = operation;
  const mayBeAbsent = !requestBody?.required || optionalBodies.has(operationId);
  if (body === undefined) return mayBeAbsent ? [] : ['the body is no JSON'];
  const faults = compile(requestSchema(operationId, schema))(body);
  const hasFiles = exchange.headers['content-type']?.startsWith('multipart/form-data') ?? false;
  return faults.length > 0 ? faults : ruleFaults(operation.operationId, body, hasFiles);
}

/** By operation: a schema is compiled once only if it stays the same object. */
const requestSchemas = new Map<string, Schema>();

function requestSchema(operationId: string, schema: Schema): Schema {
  const known = requestSchemas.get(operationId) ?? withDeviations(operationId, schema);
  requestSchemas.set(operationId, known);
  return known;
}

/** resources/audit-log.mdx, Audit Log Reason */
function reasonFaults({ headers }: Exchange): string[] {
  const reason = decodeURIComponent(String(headers['x-audit-log-reason'] ?? ''));
  return reason.length > 512 ? ['a reason of more than 512 characters'] : [];
}

function formFaults(schema: Schema, { headers, body }: Exchange, compile: Compile): readonly string[] {
  if (!headers['content-type']?.startsWith(formType)) return [`content-type is ${headers['content-type']}`];
  return compile(schema)(Object.fromEntries(new URLSearchParams(body.toString())));
}

const rateLimitHeaders = ['limit', 'remaining', 'reset', 'reset-after'] as const;

function headerFaults({ responseHeaders, responseBody }: Exchange): string[] {
  const faults: string[] = [];
  for (const name of rateLimitHeaders) {
    const value = responseHeaders[`x-ratelimit-${name}`];
    if (value !== undefined && !(Number(value) >= 0)) faults.push(`x-ratelimit-${name} is ${String(value)}`);
  }
  if (responseBody.length > 0 && !responseHeaders['content-type']?.startsWith(json)) {
    faults.push(`content-type is ${responseHeaders['content-type']}`);
  }
  return faults;
}
