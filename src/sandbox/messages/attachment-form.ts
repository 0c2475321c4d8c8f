import { z } from 'zod';

/** An uploaded file by its number, or one that an edit keeps by its id (resources/message.mdx, Attachment Structure). */
export const attachmentForm = z.object({
  id: z.union([z.string().regex(/^\d{1,20}$/), z.int().min(0)]).transform(String),
  filename: z.string().min(1).max(1_024).nullish(),
  description: z.string().max(1_024).nullish(),
  title: z.string().max(1_024).nullish(),
  is_spoiler: z.boolean().nullish(),
  duration_secs: z.number().min(0).nullish(),
  waveform: z.string().max(400).nullish(),
});

export type AttachmentForm = z.output<typeof attachmentForm>;
