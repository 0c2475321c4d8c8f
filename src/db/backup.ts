import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { errorText } from '../lib/error-text.ts';
import { exitCodes } from '../lib/exit-codes.ts';
import { Failure } from '../lib/failure.ts';
import { startClientProgram, type ClientProgramOptions } from './client-program.ts';

export interface Backup {
  readonly file: string;
  readonly bytes: number;
  /** sha256, hexadecimal; beside the file in `<file>.sha256`, as `sha256sum --check` reads it. */
  readonly checksum: string;
}

/**
 * Writes one consistent copy of the database into `folder`: pg_dump's custom format, `shoal-<UTC time>.dump`. It has its name and
 * its checksum only when it is complete and readable. Throws a `Failure`; then nothing is left of it.
 */
export async function backup(options: ClientProgramOptions & { readonly folder: string }): Promise<Backup> {
  const { folder } = options;
  const name = `shoal-${new Date().toISOString().replaceAll(':', '-').slice(0, 23)}Z.dump`;
  const file = join(folder, name);
  const part = `${file}.part`;
  try {
    // Everything that the bot knows of people is in it: for its owner's eyes only.
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const checksum = await dumpTo(part, options);
    await startClientProgram('pg_restore', ['--list', '--file=/dev/null', part], options).ended;
    await writeFile(checksumFile(file), `${checksum}  ${name}\n`, { flag: 'wx', flush: true, mode: 0o600 });
    await rename(part, file);
    return { file, bytes: (await stat(file)).size, checksum };
  } catch (error) {
    await rm(checksumFile(file), { force: true });
    if (error instanceof Failure) throw error;
    throw new Failure(`the backup ${file} could not be written: ${errorText(error)}`, exitCodes.unavailable);
  } finally {
    await rm(part, { force: true });
  }
}

/** Throws a `Failure` (exit 65) unless the file is, byte for byte, what `backup` wrote. */
export async function verifyBackup(file: string): Promise<void> {
  const [stated, actual] = await Promise.all([statedChecksum(file), checksumOf(file)]).catch(
    (error: unknown) => {
      const text = `the backup ${file} cannot be read: ${errorText(error)}`;
      throw new Failure(
        `${text}; a backup is two files, one of them ${basename(checksumFile(file))}`,
        exitCodes.data,
      );
    },
  );
  if (stated === actual) return;
  const text = `the backup ${file} is damaged: its sha256 is ${actual}, and was ${stated} when it was written`;
  throw new Failure(`${text}; nothing was restored, use another backup`, exitCodes.data);
}

function checksumFile(file: string): string {
  return `${file}.sha256`;
}

async function dumpTo(part: string, options: ClientProgramOptions): Promise<string> {
  const hash = createHash('sha256');
  // A lock that another session holds would keep pg_dump, and everybody behind it, waiting for ever.
  const dump = startClientProgram('pg_dump', ['--format=custom', '--lock-wait-timeout=30s'], options);
  const written = pipeline(
    dump.stdout,
    async function* hashed(chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }),
  );
  // Both have ended before anybody tidies up; a full disk is a better reason than the broken pipe that it causes.
  const failed = (await Promise.allSettled([written, dump.ended])).find(
    ({ status }) => status === 'rejected',
  );
  if (failed?.status === 'rejected') throw failed.reason;
  return hash.digest('hex');
}

async function statedChecksum(file: string): Promise<string> {
  const [checksum = ''] = (await readFile(checksumFile(file), 'utf8')).split(' ');
  return checksum;
}

async function checksumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
