import { ComponentType, SeparatorSpacingSize, type APIMessageTopLevelComponent } from 'discord-api-types/v10';
import type { ComponentForm } from './component-form.ts';

type Fields = Readonly<Record<string, unknown>>;
/** What a message shows for `attachment://name` or another URL. */
export type ShowMedia = (url: string) => ShownMedia;
export type ShownMedia = {
  readonly media: Readonly<{ id: string; url: string; proxy_url: string }>;
  /** Of an attachment: what a file component shows beside it. */
  readonly file?: { readonly name: string; readonly size: number };
};

const types = ComponentType;
const select = { min_values: 1, max_values: 1, disabled: false };

/** What Discord fills in where the client says nothing (components/reference.mdx). */
const defaults: ReadonlyMap<unknown, Fields> = new Map<unknown, Fields>([
  [types.StringSelect, select],
  [types.UserSelect, select],
  [types.RoleSelect, select],
  [types.MentionableSelect, select],
  [types.ChannelSelect, select],
  [types.Thumbnail, { description: null, spoiler: false }],
  [types.File, { spoiler: false }],
  [types.Separator, { divider: true, spacing: SeparatorSpacingSize.Small }],
  [types.Container, { accent_color: null, spoiler: false }],
]);

/** Components as a message shows them: each with an id, in reading order the lowest that is free, and its defaults. */
export function shownComponents(
  components: readonly ComponentForm[],
  showMedia: ShowMedia,
): APIMessageTopLevelComponent[] {
  const nextId = freeIds(components);
  const show = (component: Fields): Fields => {
    const { id, required: _, ...given } = withoutNulls(component);
    // An id of 0 is as good as none.
    const shown: Record<string, unknown> = {
      id: typeof id === 'number' && id > 0 ? id : nextId(),
      ...defaults.get(component['type']),
      ...given,
    };
    for (const field of ['components', 'accessory', 'items', 'media', 'file'] as const) {
      if (shown[field] !== undefined) shown[field] = shownPart(field, shown[field], show, showMedia);
    }
    return component['type'] === types.File ? withFileName(shown) : shown;
  };
  return components.map((each) => show(each)) as unknown as APIMessageTopLevelComponent[];
}

/** Hands out the numbers that no component has, the lowest first. */
export function freeIds(components: readonly Fields[]): () => number {
  const taken = new Set(components.flatMap(idsOf));
  let last = 0;
  return () => {
    do last += 1;
    while (taken.has(last));
    return last;
  };
}

function shownPart(
  field: 'components' | 'accessory' | 'items' | 'media' | 'file',
  part: unknown,
  show: (component: Fields) => Fields,
  showMedia: ShowMedia,
): unknown {
  if (field === 'components') return (part as readonly Fields[]).map(show);
  if (field === 'accessory') return show(part as Fields);
  if (field === 'items') return (part as readonly Fields[]).map((item) => shownItem(item, showMedia));
  return field === 'media' ? showMedia(urlOf(part)).media : showMedia(urlOf(part));
}

function shownItem({ media, description, spoiler }: Fields, showMedia: ShowMedia): Fields {
  return {
    media: showMedia(urlOf(media)).media,
    description: description ?? null,
    spoiler: spoiler ?? false,
  };
}

function withFileName(shown: Fields): Fields {
  const { media, file } = shown['file'] as ShownMedia;
  return { ...shown, file: media, name: file?.name ?? null, size: file?.size ?? null };
}

function urlOf(media: unknown): string {
  return (media as { readonly url: string }).url;
}

function withoutNulls(fields: Fields): Fields {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name,
      name === 'options' ? (value as readonly Fields[]).map(withoutNulls) : value,
    ]),
  );
}

function idsOf(component: Fields): number[] {
  const { id, components = [], accessory, component: labelled } = component;
  const inner = [...(components as readonly Fields[]), accessory, labelled] as readonly (
    | Fields
    | undefined
  )[];
  return [...(typeof id === 'number' ? [id] : []), ...inner.flatMap((each) => (each ? idsOf(each) : []))];
}
