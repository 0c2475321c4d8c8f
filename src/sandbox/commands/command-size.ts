type Named = { readonly name: string; readonly description?: string };
type Sized = Named & {
  readonly choices?: readonly { readonly name: string; readonly value: string | number }[] | undefined;
  readonly options?: readonly Sized[] | null | undefined;
};

/** The characters Discord counts towards a command's 8,000: names, descriptions and values, all the way down. */
export function sizeOf({ name, description = '', choices, options }: Sized): number {
  let size = name.length + description.length;
  for (const choice of choices ?? []) size += choice.name.length + String(choice.value).length;
  for (const option of options ?? []) size += sizeOf(option);
  return size;
}
