import { errorText } from '../src/lib/error-text.ts';
import { exitCodes } from '../src/lib/exit-codes.ts';
import { ensurePrograms } from '../src/local/ensure-programs.ts';
import { pgbouncerProgram, redisProgram } from '../src/local/server-programs.ts';

/** Runs once before all test files: what they need of the system is installed here, by the rule of the demo, and not by several at once. */
export async function globalSetup(): Promise<void> {
  try {
    await ensurePrograms([redisProgram, pgbouncerProgram], {
      environment: process.env,
      onProgress: (line) => process.stdout.write(`${line}\n`),
    });
  } catch (error) {
    process.stderr.write(`npm test: ${errorText(error)}\n`);
    process.exit(exitCodes.config);
  }
}
