import type { APIAttachment } from 'discord-api-types/v10';
import type { Cdn } from '../cdn/cdn.ts';
import type { FileForm } from '../control/interactions.ts';
import { DiscordError } from '../forms/discord-error.ts';
import { Refusal } from './refusal.ts';

/** Uploads what a member sends with a command or modal; throws `Refusal` for a file that is too large. */
export function upload(cdn: Cdn, channelId: string, file: FileForm): APIAttachment {
  const { filename, content_type, description, data } = file;
  const bytes = Buffer.from(data, 'base64');
  const sent = { index: '0', name: filename, contentType: content_type, bytes };
  try {
    const stored = cdn.store(channelId, sent, true);
    return description === undefined ? stored : { ...stored, description };
  } catch (error) {
    if (!(error instanceof DiscordError)) throw error;
    throw new Refusal(`the file ${filename} is too large: ${bytes.length} bytes`);
  }
}
