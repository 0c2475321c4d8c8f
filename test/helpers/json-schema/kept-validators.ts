import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { _, Ajv, Options, ValidateFunction } from 'ajv';
import type { Schema } from '../openapi/strict-schema.ts';
import { root } from '../processes.ts';
import { formats } from './formats.ts';

const load = createRequire(import.meta.url);
const folder = path.join(root, 'node_modules', '.cache', 'shoal-validators');
const formatsFile = path.join(import.meta.dirname, 'formats.ts');

type Standalone = (ajv: Ajv, validate: ValidateFunction) => string;

/**
 * Compiles schemas that refer to `document`, each once for all test processes and runs: to compile one takes up to 0.3 s of CPU,
 * to load what was made of it 5 ms. `dialect` is the module of ajv that reads the schemas.
 */
export function keptValidators(
  dialect: 'ajv' | 'ajv/dist/2020.js',
  options: Options,
  document: Schema,
): (schema: Schema) => ValidateFunction {
  // What is made names the file of the formats: it is of no use to a clone elsewhere.
  const versions = [load('ajv/package.json'), readFileSync(formatsFile, 'utf8'), formatsFile];
  const stamp = hash([versions, dialect, options, document]);
  let ajv: Ajv | undefined;
  const compiler = () => (ajv ??= makeAjv(dialect, options).addSchema(document, undefined, undefined, false));
  return (schema) => {
    const file = path.join(folder, `${hash([stamp, schema])}.cjs`);
    if (!existsSync(file)) keep(file, sourceOf(compiler(), schema));
    return load(file) as ValidateFunction;
  };
}

function makeAjv(dialect: string, options: Options): Ajv {
  // Only who compiles loads ajv at all.
  const { default: Dialect } = load(dialect) as { readonly default: typeof Ajv };
  const { _: code } = load('ajv') as { readonly _: typeof _ };
  const source = { source: true, optimize: false, formats: code`require(${formatsFile}).formats` } as const;
  return new Dialect({ ...options, formats, inlineRefs: false, code: source });
}

function sourceOf(ajv: Ajv, schema: Schema): string {
  const { default: standalone } = load('ajv/dist/standalone') as { readonly default: Standalone };
  return standalone(ajv, ajv.compile(schema));
}

/** Whole at once: other processes look for it too. */
function keep(file: string, source: string): void {
  mkdirSync(folder, { recursive: true });
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, source);
  renameSync(own, file);
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
