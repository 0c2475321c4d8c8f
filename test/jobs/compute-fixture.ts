/** What a computing job of the fixture does in its process. */
export function compute({ n, what }: { readonly n: number; readonly what: string }): object {
  if (what === 'spin') for (;;);
  if (what === 'eat') for (const eaten: object[] = []; ;) eaten.push(Array(1_000).fill(n));
  if (what === 'environment') return Object.keys(process.env);
  if (what === 'fail') throw new Error('the sum is wrong');
  return { n: n * n };
}
