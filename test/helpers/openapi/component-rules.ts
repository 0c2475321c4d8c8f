/** What the documentation says of components and the description does not (components/reference.mdx). */
export type Component = {
  readonly type: number;
  readonly custom_id?: string | null;
  readonly content?: string;
  readonly components?: readonly Component[] | null;
  readonly accessory?: Component;
  readonly component?: Component;
  readonly style?: number;
  readonly label?: string | null;
  readonly emoji?: unknown;
  readonly url?: string | null;
  readonly sku_id?: string | null;
  readonly min_values?: number | null;
  readonly max_values?: number | null;
  readonly min_length?: number | null;
  readonly max_length?: number | null;
  readonly value?: string | null;
  readonly options?: readonly { readonly value: string; readonly default?: boolean | null }[];
  readonly default_values?: readonly unknown[] | null;
  readonly media?: { readonly url: string };
  readonly file?: { readonly url: string };
  readonly items?: readonly { readonly media: { readonly url: string } }[];
};

const actionRow = 1;
const button = 2;
const stringSelect = 3;
const textInput = 4;
const link = 5;
const premium = 6;
const selects: ReadonlySet<number> = new Set([stringSelect, 5, 6, 7, 8]);

/** The rules of all components of a message or modal. */
export function componentFaults(onTop: readonly Component[]): string[] {
  const all = onTop.flatMap(withInner);
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  const characters = all.reduce((sum, { content }) => sum + (content?.length ?? 0), 0);
  return [
    ...(new Set(ids).size < ids.length ? ['a custom_id twice'] : []),
    ...(all.length > 40 ? [`${all.length} components, at most 40`] : []),
    ...(characters > 4_000 ? [`${characters} characters in text displays, at most 4,000`] : []),
    ...all.flatMap((each) => [
      ...rowFaults(each),
      ...buttonFaults(each),
      ...selectFaults(each),
      ...inputFaults(each),
      ...mediaFaults(each),
    ]),
  ];
}

function rowFaults({ type, components }: Component): string[] {
  if (type !== actionRow) return [];
  const inner = components ?? [];
  const most = inner.every((each) => each.type === button) ? 5 : 1;
  const faults = inner.some((each) => each.type === textInput && !each.label)
    ? ['an input without a label']
    : [];
  return inner.length >= 1 && inner.length <= most
    ? faults
    : [...faults, `${inner.length} components in a row, at most ${most}`];
}

function buttonFaults({ type, style, custom_id, url, sku_id, label, emoji }: Component): string[] {
  if (type !== button) return [];
  const others = [custom_id, url, sku_id].filter(Boolean).length;
  const own = style === link ? url : style === premium ? sku_id : custom_id;
  const isNamed = Boolean(label) || Boolean(emoji);
  return [
    ...(own && others === 1 ? [] : [`a button of style ${style} with the wrong target`]),
    ...(isNamed === (style === premium) ? [`a button of style ${style}, named or not`] : []),
  ];
}

function selectFaults(component: Component): string[] {
  const { type, min_values, max_values, options, default_values } = component;
  if (!selects.has(type)) return [];
  const values = (options ?? []).map(({ value }) => value);
  const chosen = default_values?.length ?? (options ?? []).filter((option) => option.default).length;
  const [least, most] = [min_values ?? 1, max_values ?? Math.max(1, min_values ?? 1)];
  return [
    ...(least > most && min_values !== undefined ? ['min_values above max_values'] : []),
    ...(type === stringSelect && values.length < Math.max(max_values ?? 1, min_values ?? 1)
      ? ['fewer options than may be chosen']
      : []),
    ...(new Set(values).size < values.length ? ['an option’s value twice'] : []),
    ...(chosen > 0 && (chosen < (min_values ?? 1) || chosen > (max_values ?? 1))
      ? [`${chosen} values chosen beforehand`]
      : []),
  ];
}

function inputFaults({ type, min_length, max_length, value }: Component): string[] {
  if (type !== textInput) return [];
  const [least, most] = [min_length ?? 0, max_length ?? 4_000];
  const misfits = value && (value.length < least || value.length > most);
  return [
    ...(least > most ? ['min_length above max_length'] : []),
    ...(misfits ? ['a value that does not fit its input'] : []),
  ];
}

function mediaFaults({ media, file, items }: Component): string[] {
  const urls = [media?.url, ...(items ?? []).map((item) => item.media.url)];
  return [
    ...urls.flatMap((url) => (url && !/^(https?|attachment):/.test(url) ? [`the URL ${url}`] : [])),
    ...(file && !file.url.startsWith('attachment://') ? ['a file that is no attachment'] : []),
  ];
}

function withInner(component: Component): Component[] {
  const { components, accessory, component: labelled } = component;
  const inner = [...(components ?? []), accessory, labelled];
  return [component, ...inner.flatMap((each) => (each ? withInner(each) : []))];
}
