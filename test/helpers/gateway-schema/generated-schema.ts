import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Schema, Schemas } from '../openapi/strict-schema.ts';

export type GeneratedSchema = Schema & { readonly definitions: Schemas };

/** The package that makes the schema: it needs the compiler API of TypeScript 5, which ours no longer has. */
export const schemasFolder = path.join(import.meta.dirname, '..', '..', 'schemas');

/**
 * JSON Schema of every payload of a gateway, from the discord-api-types that the repository uses. It takes seconds to
 * make, so it is kept until the types or their generator change. Throws where the package is not installed.
 */
export function generatedSchema(): GeneratedSchema {
  const types = createRequire(import.meta.url)
    .resolve('discord-api-types/v10')
    .replace(/\.js$/, '.d.ts');
  const file = path.join(schemasFolder, 'node_modules', `.gateway-${stamp(types)}.json`);
  if (!existsSync(file)) generate(types, file);
  return JSON.parse(readFileSync(file, 'utf8')) as GeneratedSchema;
}

function generate(types: string, file: string): void {
  if (!existsSync(path.dirname(file))) {
    throw new Error(`the schemas of the gateway cannot be made: run npm ci in ${schemasFolder}`);
  }
  execFileSync(process.execPath, [path.join(schemasFolder, 'generate.js'), types, file], { stdio: 'pipe' });
}

function stamp(types: string): string {
  const sources = [
    path.join(path.dirname(types), 'package.json'),
    ...['package-lock.json', 'generate.js'].map((file) => path.join(schemasFolder, file)),
  ];
  const hash = createHash('sha256');
  for (const source of sources) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 16);
}
