import path from 'node:path';
import { errorText } from '../src/lib/error-text.ts';
import { exitCodes } from '../src/lib/exit-codes.ts';
import { chromiumProgram } from '../src/local/browser-program.ts';
import { ensurePrograms } from '../src/local/ensure-programs.ts';
import { pgbouncerProgram, redisProgram } from '../src/local/server-programs.ts';
import { compileCache } from './helpers/compile-cache.ts';
import { ensurePackages } from './helpers/ensure-packages.ts';
import { ensureMigratedData } from './helpers/postgres-template.ts';
import { postgres15Environment, postgres15Program } from './helpers/postgres-15.ts';
import { generatedSchema, schemasFolder } from './helpers/gateway-schema/generated-schema.ts';
import { temporaryFiles } from './helpers/temporary-files.ts';
import { opsPrograms } from './ops/programs.ts';

let files: ReturnType<typeof temporaryFiles>;

/** Runs once before all test files: what they need of the system is installed here, by the rule of the demo, and not by several at once. */
export async function globalSetup(): Promise<void> {
  // The files' processes inherit it.
  files = temporaryFiles(process.env);
  Object.assign(process.env, compileCache, files && { TMPDIR: files.path });
  const options = {
    environment: process.env,
    onProgress: (line: string) => process.stdout.write(`${line}\n`),
  };
  try {
    await ensurePrograms([redisProgram, pgbouncerProgram], options);
    await ensurePackages(path.join(import.meta.dirname, 'clients'), options);
    await ensurePackages(schemasFolder, options);
    generatedSchema();
  } catch (error) {
    process.stderr.write(`npm test: ${errorText(error)}\n`);
    globalTeardown();
    process.exit(exitCodes.config);
  }
  await ensureMigratedData(options.environment).catch((error: unknown) => {
    process.stderr.write(
      `npm test: each test makes its own database, which takes longer: ${errorText(error)}\n`,
    );
  });
  await ensurePrograms([chromiumProgram], options).catch((error: unknown) => {
    process.stderr.write(`npm test: the tests in a browser are skipped: ${errorText(error)}\n`);
  });
  await ensurePrograms([postgres15Program], { ...options, environment: postgres15Environment }).catch(
    (error: unknown) => {
      process.stderr.write(
        `npm test: the drills of backups, TLS and the runbook are skipped: ${errorText(error)}\n`,
      );
    },
  );
  await ensurePrograms(Object.values(opsPrograms), options).catch((error: unknown) => {
    process.stderr.write(`npm test: the tests of alerts are skipped: ${errorText(error)}\n`);
  });
}

/** Runs once after all of them. */
export function globalTeardown(): void {
  files?.[Symbol.dispose]();
}
