import { ComponentType, SeparatorSpacingSize } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { buttonForm } from './button-form.ts';
import { altText, checkLength, componentId, list, media, spoiler, text } from './component-parts.ts';
import { selectForms } from './select-form.ts';

const types = ComponentType;

/** components/reference.mdx, Action Row: up to five buttons, or one select menu. */
const rowForm = z
  .object({
    type: z.literal(types.ActionRow),
    id: componentId,
    components: z.array(z.discriminatedUnion('type', [buttonForm, ...selectForms])),
  })
  .superRefine(({ components }, context) => {
    const onlyButtons = components.every(({ type }) => type === types.Button);
    checkLength(components.length, 1, onlyButtons ? 5 : 1, context, ['components']);
  });

export const textDisplayForm = z.object({
  type: z.literal(types.TextDisplay),
  id: componentId,
  content: text(1, 4_000),
});

const thumbnail = z.object({
  type: z.literal(types.Thumbnail),
  id: componentId,
  media,
  description: altText,
  spoiler,
});

const section = z.object({
  type: z.literal(types.Section),
  id: componentId,
  components: list(z.discriminatedUnion('type', [textDisplayForm]), 1, 3),
  accessory: z.discriminatedUnion('type', [buttonForm, thumbnail]),
});

const gallery = z.object({
  type: z.literal(types.MediaGallery),
  id: componentId,
  items: list(z.object({ media, description: altText, spoiler }), 1, 10),
});

const file = z.object({
  type: z.literal(types.File),
  id: componentId,
  file: media.superRefine(({ url }, context) => {
    if (url.startsWith('attachment://')) return;
    const code = 'UNFURLED_MEDIA_ITEM_ATTACHMENT_REFERENCE_REQUIRED';
    fault(context, ['url'], code, 'The file must be an attachment: attachment://<filename>');
  }),
  spoiler,
});

const separator = z.object({
  type: z.literal(types.Separator),
  id: componentId,
  divider: z.boolean().nullish(),
  spacing: z.enum(SeparatorSpacingSize).nullish(),
});

const inContainer = [rowForm, textDisplayForm, section, gallery, file, separator] as const;

const container = z.object({
  type: z.literal(types.Container),
  id: componentId,
  components: list(z.discriminatedUnion('type', inContainer), 1, 40),
  accent_color: z.int().min(0).max(0xff_ff_ff).nullish(),
  spoiler,
});

/** What a message may hold on top. Without Components V2 only rows are allowed; the message checks that. */
export const topLevelForm = z.discriminatedUnion('type', [...inContainer, container]);
