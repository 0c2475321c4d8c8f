import type { APIAttachment } from 'discord-api-types/v10';
import type { Cdn, UploadedFile } from '../cdn/cdn.ts';
import { safeName } from '../cdn/cdn.ts';
import { invalidForm } from '../forms/discord-error.ts';
import type { AttachmentForm } from './attachment-form.ts';

type Sent = {
  readonly channelId: string;
  readonly isEphemeral: boolean;
  readonly listed: readonly AttachmentForm[] | null | undefined;
  readonly uploads: readonly UploadedFile[];
  /** What the message has before an edit. */
  readonly present: readonly APIAttachment[];
};

type Path = readonly (string | number)[];

/**
 * The attachments of a message: those that an edit keeps (all, where it lists none), then the new ones. Throws
 * Discord's error for a listed one that is neither; `at` is where the message stands in the body.
 */
export function attachmentsOf(cdn: Cdn, sent: Sent, at: Path = []): APIAttachment[] {
  const { listed, uploads, present, channelId, isEphemeral } = sent;
  if (!listed && uploads.length === 0) return [...present];
  for (const [index, { id }] of (listed ?? []).entries()) {
    if (present.some((each) => each.id === id) || uploads.some((file) => file.index === id)) continue;
    const message = `Attachment ${id} is neither uploaded nor on the message`;
    throw invalidForm([{ path: [...at, 'attachments', index, 'id'], code: 'ATTACHMENT_NOT_FOUND', message }]);
  }
  const detailsOf = (id: string) => listed?.find((each) => each.id === id);
  const kept = present.flatMap((each) => {
    const details = detailsOf(each.id);
    return listed && !details ? [] : [withDetails(each, details)];
  });
  const added = uploads.map((file) => {
    const details = detailsOf(file.index);
    return withDetails(cdn.store(channelId, named(file, details), isEphemeral), details);
  });
  return [...kept, ...added];
}

/** Whether `url` speaks of the attachment: `attachment://name`, by the name it was sent with. */
export function refersTo(url: string, { filename }: APIAttachment): boolean {
  return url.startsWith('attachment://') && safeName(url.slice('attachment://'.length)) === filename;
}

function named(file: UploadedFile, details: AttachmentForm | undefined): UploadedFile {
  const name = details?.filename ?? file.name;
  const isMarked = !details?.is_spoiler || name.startsWith('SPOILER_');
  return { ...file, name: isMarked ? name : `SPOILER_${name}` };
}

function withDetails(attachment: APIAttachment, details: AttachmentForm | undefined): APIAttachment {
  const given = { description: details?.description, title: details?.title };
  const kept = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
  return kept.length === 0 ? attachment : { ...attachment, ...Object.fromEntries(kept) };
}
