/** More than anybody converts, and below what a double keeps to the unit (2^53). */
export const amountMax = 1e15;

/** Digits, perhaps in groups of three, then decimals; by what separates the decimals. */
const shapes = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:e[+-]?\d{1,3})?$/i,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+)?(?:,\d*)?(?:e[+-]?\d{1,3})?$/i,
} as const;

type Decimal = keyof typeof shapes;

/**
 * A number as people write it: `1,5`, `1.234,56`, `1 000`, `2.5e3`. What fits the writer's language is read by it (`decimal`: what
 * separates decimals there), anything else by the other custom. `undefined` for what is no number or beyond `amountMax`.
 */
export function parseAmount(text: string, decimal: Decimal): number | undefined {
  const bare = text
    .trim()
    .replaceAll(/[\s'’_]/g, '')
    .replace('−', '-');
  const custom = [decimal, decimal === '.' ? ',' : '.'].find((one) => shapes[one as Decimal].test(bare));
  if (custom === undefined || !/\d/.test(bare)) return undefined;
  const value = Number(bare.replaceAll(custom === '.' ? ',' : '.', '').replace(custom, '.'));
  return Math.abs(value) <= amountMax ? value : undefined;
}
