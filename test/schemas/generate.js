import { renameSync, writeFileSync } from 'node:fs';
import { createGenerator } from 'ts-json-schema-generator';

/** `node generate.js <v10.d.ts of discord-api-types> <file to write>`: the schema of all that a gateway sends. */
const [types, output] = process.argv.slice(2);
const type = 'GatewayReceivePayload';
const generator = createGenerator({
  path: types,
  type,
  skipTypeCheck: true,
  additionalProperties: false,
  jsDoc: 'none',
});
// Two test files may come here at once: each finds the whole file or none.
const unfinished = `${output}.${process.pid}`;
writeFileSync(unfinished, JSON.stringify(generator.createSchema(type)));
renameSync(unfinished, output);
