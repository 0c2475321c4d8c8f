import type { APIEmbed } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';

/** resources/message.mdx:603-619 */
const limits = {
  title: 256,
  description: 4_096,
  fields: 25,
  name: 256,
  value: 1_024,
  footer: 2_048,
  author: 256,
  all: 6_000,
};

const schemes = ['http', 'https', 'attachment'];

const address = z
  .string()
  .max(2_048)
  .superRefine((text, context) => {
    const scheme = URL.parse(text)?.protocol.slice(0, -1);
    if (scheme === undefined) fault(context, [], 'URL_TYPE_INVALID_URL', 'Not a well formed URL.');
    else if (!schemes.includes(scheme)) {
      const message = `Scheme "${scheme}" is not supported. Scheme must be one of (${schemes.join(', ')}).`;
      fault(context, [], 'URL_TYPE_INVALID_SCHEME', message);
    }
  });
const url = address.nullish();
const media = z.object({ url: address }).nullish();

const timestamp = z
  .string()
  .superRefine((text, context) => {
    if (Number.isNaN(Date.parse(text)))
      fault(context, [], 'DATETIME_TYPE_PARSE', `Could not parse ${text}. Should be ISO8601.`);
  })
  .nullish();

const embed = z.object({
  title: z.string().max(limits.title).nullish(),
  description: z.string().max(limits.description).nullish(),
  url,
  timestamp,
  color: z.int().min(0).max(0xff_ff_ff).nullish(),
  footer: z.object({ text: z.string().min(1).max(limits.footer), icon_url: url }).nullish(),
  image: media,
  thumbnail: media,
  author: z.object({ name: z.string().min(1).max(limits.author), url, icon_url: url }).nullish(),
  fields: z
    .array(
      z.object({
        name: z.string().min(1).max(limits.name),
        value: z.string().min(1).max(limits.value),
        inline: z.boolean().default(false),
      }),
    )
    .max(limits.fields)
    .nullish(),
});

type EmbedForm = z.output<typeof embed>;

/** The embeds of a message: ten at most, and 6,000 characters over all of them. */
export const embedsForm = z
  .array(embed)
  .max(10)
  .superRefine((embeds, context) => {
    if (embeds.reduce((sum, each) => sum + charactersOf(each), 0) > limits.all) {
      fault(context, [], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${limits.all}`);
    }
    for (const [index, each] of embeds.entries()) {
      if (Object.values(each).every((part) => part === undefined || part === null)) {
        fault(context, [index, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
      }
    }
  });

/** Embeds as a message shows them: of type `rich`, without the fields that were null. */
export function shownEmbeds(embeds: readonly EmbedForm[]): APIEmbed[] {
  return embeds.map((each) => {
    const given = Object.entries(each).filter(([, part]) => part !== undefined && part !== null);
    return { type: 'rich', ...Object.fromEntries(given) } as APIEmbed;
  });
}

function charactersOf({ title, description, footer, author, fields }: EmbedForm): number {
  const texts = [
    title,
    description,
    footer?.text,
    author?.name,
    ...(fields ?? []).flatMap((f) => [f.name, f.value]),
  ];
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
