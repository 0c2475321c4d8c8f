/** `#2A9D8F`, also without `#` and in the three-digit form; `undefined` for anything else. Range 0 to 0xFFFFFF. */
export function parseColor(text: string): number | undefined {
  const digits = /^#?([\da-f]{6}|[\da-f]{3})$/i.exec(text.trim())?.[1];
  if (digits === undefined) return undefined;
  const full = digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits;
  return Number.parseInt(full, 16);
}

export function colorText(color: number): string {
  return `#${color.toString(16).padStart(6, '0').toUpperCase()}`;
}
