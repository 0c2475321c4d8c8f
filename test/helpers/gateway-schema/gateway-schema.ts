import type { ErrorObject, ValidateFunction } from 'ajv';
import { keptValidators } from '../json-schema/kept-validators.ts';
import type { Schema, Schemas } from '../openapi/strict-schema.ts';
import { generatedSchema } from './generated-schema.ts';
import { strictPayloads } from './strict-payloads.ts';

/** What is wrong with a payload that a gateway sent, by discord-api-types; one line a fault. */
export type GatewayJudge = (payload: unknown) => readonly string[];

let judge: GatewayJudge | undefined;

/** Throws where the schemas cannot be made. */
export function gatewayJudge(): GatewayJudge {
  return (judge ??= makeJudge(strictPayloads(generatedSchema())));
}

/** Lines enough to see what is wrong; a union that nothing fits has some for each of its members. */
const maxFaults = 8;

function makeJudge(definitions: Schemas): GatewayJudge {
  const options = { allErrors: true, strict: true, strictTypes: false, strictTuples: false };
  const compile = keptValidators('ajv', options, { $id: 'gateway', definitions });
  const references = payloadTypes(definitions);
  const compiled = new Map<string, ValidateFunction>();
  const validatorOf = (tag: string, reference: string) => {
    const known = compiled.get(tag) ?? compile({ $ref: `gateway${reference}` });
    compiled.set(tag, known);
    return known;
  };
  return (payload) => {
    const tag = tagOf(payload);
    const reference = references.get(tag);
    if (!reference) return [`discord-api-types knows no payload with ${tag}`];
    const validate = validatorOf(tag, reference);
    if (validate(payload)) return [];
    // The member of a union that was meant is the one whose faults lie deepest.
    const faults = (validate.errors ?? []).toSorted((one, other) => depthOf(other) - depthOf(one));
    return [...new Set(faults.map((fault) => `${tag}: ${wording(fault)}`))].slice(0, maxFaults);
  };
}

/** By `op 10`, or by `t READY`: where the payload's definition is. */
function payloadTypes(definitions: Schemas): ReadonlyMap<string, string> {
  const byTag = new Map<string, string>();
  for (const [name, schema] of Object.entries(definitions)) {
    const properties = (schema['properties'] ?? {}) as Schemas;
    const { op, t, s } = properties;
    if (!op || !t || !s) continue;
    const reference = `#/definitions/${encodeURIComponent(name)}`;
    for (const tag of tagsOf(op, t)) byTag.set(tag, reference);
  }
  return byTag;
}

function tagsOf(op: Schema, t: Schema): readonly string[] {
  if (t['type'] === 'null') return [`op ${String(op['const'])}`];
  const events = (t['enum'] ?? [t['const']]) as readonly unknown[];
  return events.map((event) => `t ${String(event)}`);
}

function tagOf(payload: unknown): string {
  const { op, t } = (payload ?? {}) as { op?: unknown; t?: unknown };
  return op === 0 ? `t ${String(t)}` : `op ${String(op)}`;
}

function depthOf({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

function wording({ instancePath, keyword, message, params }: ErrorObject): string {
  const detail = Object.values(params as object).map((value) => JSON.stringify(value));
  return `${instancePath || '/'} ${message ?? keyword} (${detail.join(', ')})`;
}
