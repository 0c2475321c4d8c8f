/** What a computing job of the fixture does in its thread. */
export function compute({ n, what }: { readonly n: number; readonly what: string }): object {
  if (what === 'spin') for (;;);
  if (what === 'eat') for (const eaten: object[] = []; ;) eaten.push(Array(1_000).fill(n));
  return { n: n * n };
}
