import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';

export interface MigrationFile {
  readonly number: number;
  /** `0001_guild_settings.sql` */
  readonly name: string;
  readonly sql: string;
  /** sha256 of the file, hexadecimal. */
  readonly checksum: string;
}

export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/** The migrations of this release in order. Throws a `Failure` (exit 65) unless they are numbered 0001, 0002, … each once. */
export async function readMigrations(folder: string): Promise<readonly MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).toSorted();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(/^(\d{4})_[a-z0-9_]+\.sql$/.exec(name)?.[1]);
      if (number !== index + 1) throw misnumbered(name, index + 1);
      const sql = await readFile(join(folder, name), 'utf8');
      return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

/**
 * The migrations that this database still lacks. Throws a `Failure` (exit 65) when it was built from other files.
 * Numbers past the last file belong to a newer release beside this one, which is no contradiction: schema changes roll.
 */
export function missingFrom(
  applied: readonly AppliedMigration[],
  files: readonly MigrationFile[],
): readonly MigrationFile[] {
  for (const { number, name, checksum } of applied) {
    const file = files[number - 1];
    if (file !== undefined && file.checksum !== checksum) throw changed(file.name, name);
  }
  const last = Math.max(0, ...applied.map(({ number }) => number));
  const known = new Set(applied.map(({ number }) => number));
  const skipped = files.find(({ number }) => number < last && !known.has(number));
  if (skipped) {
    const text = `migration ${skipped.name} was never applied, but later ones were`;
    throw new Failure(`${text}; give it the next free number and run npm run migrate`, exitCodes.data);
  }
  return files.filter(({ number }) => number > last);
}

function misnumbered(name: string, expected: number): Failure {
  const wanted = `${String(expected).padStart(4, '0')}_name.sql (lower case, digits, underscores)`;
  const text = `migration ${name} stands where ${wanted} is expected`;
  return new Failure(
    `${text}; restore a missing file, or renumber so that each number is there once`,
    exitCodes.data,
  );
}

function changed(name: string, appliedName: string): Failure {
  const text = `migration ${name} differs from ${appliedName} as this database applied it`;
  return new Failure(`${text}; restore the file and put the change into a new migration`, exitCodes.data);
}
