import { componentFaults, type Component } from './component-rules.ts';

/** What the documentation says of messages and the description does not (resources/message.mdx, components/reference.mdx). */

type Embed = {
  readonly title?: string | null;
  readonly description?: string | null;
  readonly footer?: { readonly text?: string | null } | null;
  readonly author?: { readonly name?: string | null } | null;
  readonly fields?: readonly { readonly name: string; readonly value: string }[] | null;
};
export type Message = {
  readonly content?: string | null;
  readonly embeds?: readonly Embed[] | null;
  readonly components?: readonly Component[] | null;
  readonly attachments?: readonly unknown[] | null;
  readonly sticker_ids?: readonly unknown[] | null;
  readonly poll?: unknown;
  readonly message_reference?: unknown;
  readonly flags?: number | null;
  readonly allowed_mentions?: {
    readonly parse?: readonly unknown[] | null;
    readonly users?: readonly unknown[] | null;
    readonly roles?: readonly unknown[] | null;
  } | null;
};

const isComponentsV2 = 1 << 15;
const actionRow = 1;

/** The rules that hold for a new message and for an edit. */
export function messageFaults(message: Message): string[] {
  const { content, embeds, components, flags } = message;
  const hasV2 = ((flags ?? 0) & isComponentsV2) !== 0;
  const characters = (embeds ?? []).reduce((sum, embed) => sum + charactersOf(embed), 0);
  return [
    // The description has 4,000, which is for members with Nitro.
    ...((content?.length ?? 0) > 2_000 ? ['more than 2,000 characters'] : []),
    ...(characters > 6_000 ? [`${characters} characters in all embeds, at most 6,000`] : []),
    ...(embeds ?? []).flatMap((embed, index) =>
      Object.keys(embed).length === 0 ? [`embed ${index} is empty`] : [],
    ),
    ...(embeds ?? []).flatMap(({ fields }) => (fields ?? []).flatMap(fieldFaults)),
    ...(hasV2 && (content || embeds?.length) ? ['content or embeds beside Components V2'] : []),
    ...componentFaults(components ?? []),
    ...mentionFaults(message),
  ];
}

/** The rules that hold for a new message besides. */
export function newMessageFaults(message: Message, hasFiles: boolean): string[] {
  const { content, embeds, components, attachments, sticker_ids, poll, message_reference, flags } = message;
  // White space is trimmed away, and then there is nothing.
  const isEmpty =
    !content?.trim() &&
    ![embeds, components, attachments, sticker_ids].some((list) => list?.length) &&
    !poll &&
    !message_reference &&
    !hasFiles;
  const rows = components ?? [];
  const isLegacy = ((flags ?? 0) & isComponentsV2) === 0;
  return [
    ...messageFaults(message),
    ...(isEmpty ? ['an empty message'] : []),
    ...(isLegacy && rows.length > 5 ? [`${rows.length} rows, at most 5`] : []),
    ...(isLegacy && rows.some(({ type }) => type !== actionRow) ? ['Components V2 without their flag'] : []),
  ];
}

function fieldFaults({ name, value }: { readonly name: string; readonly value: string }): string[] {
  return name === '' || value === '' ? ['an embed’s field without name or value'] : [];
}

function mentionFaults({ allowed_mentions }: Message): string[] {
  const { parse, users, roles } = allowed_mentions ?? {};
  const both = (type: string, ids: readonly unknown[] | null | undefined) =>
    parse?.includes(type) && ids?.length ? [`allowed_mentions parses ${type} and names some`] : [];
  return [...both('users', users), ...both('roles', roles)];
}

function charactersOf({ title, description, footer, author, fields }: Embed): number {
  const texts = [title, description, footer?.text, author?.name];
  for (const { name, value } of fields ?? []) texts.push(name, value);
  return texts.reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
