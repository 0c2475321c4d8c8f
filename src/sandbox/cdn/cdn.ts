import type { APIAttachment } from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { contentTypeOf } from './content-type.ts';
import { imageSize } from './image-size.ts';

/** A file as a client sent it. */
export type UploadedFile = {
  /** The number in its `files[n]`, by which `attachments` speaks of it. */
  readonly index: string;
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Buffer;
};

export type StoredFile = {
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Buffer;
};

/** reference.mdx, Uploading Files: of one file, where no boost raises it. */
export const maxFileBytes = 10 * 2 ** 20;

/** Beyond this the oldest files are forgotten. */
const maxKeptBytes = 256 * 2 ** 20;

/** The files of all messages, in memory. */
export class Cdn {
  readonly #origin: string;
  readonly #ids: SnowflakeClock;
  readonly #files = new Map<string, StoredFile>();
  #bytes = 0;

  /** `origin` is where the sandbox serves, without a path. */
  constructor(origin: string, ids: SnowflakeClock) {
    this.#origin = origin;
    this.#ids = ids;
  }

  /** Keeps the file and returns how a message shows it; throws Discord's error for one that is too large. */
  store(channelId: string, file: UploadedFile, isEphemeral: boolean): APIAttachment {
    const { bytes } = file;
    if (bytes.length > maxFileBytes) throw discordErrors.tooLarge();
    const id = this.#ids.next();
    const name = safeName(file.name);
    const contentType = contentTypeOf(name, file.contentType);
    const path = `${isEphemeral ? 'ephemeral-attachments' : 'attachments'}/${channelId}/${id}/${name}`;
    this.#keep(path, { name, contentType, bytes });
    const url = `${this.#origin}/cdn/${path}`;
    return {
      id,
      filename: name,
      size: bytes.length,
      url,
      proxy_url: url,
      ...(contentType !== undefined && { content_type: contentType }),
      ...imageSize(bytes),
      ...(isEphemeral && { ephemeral: true }),
    };
  }

  /** By its path below `/cdn/`; `undefined` for one that never was, or is forgotten. */
  find(path: string): StoredFile | undefined {
    return this.#files.get(path);
  }

  #keep(path: string, file: StoredFile): void {
    this.#files.set(path, file);
    this.#bytes += file.bytes.length;
    for (const [oldest, { bytes }] of this.#files) {
      if (this.#bytes <= maxKeptBytes) return;
      this.#files.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}

/** Discord keeps letters, digits, dots, dashes and underscores of a file's name. */
export function safeName(name: string): string {
  return name.replaceAll(/[^\w.-]+/g, '_').slice(-200) || 'unknown';
}
