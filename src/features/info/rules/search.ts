/** What a search looks through, most telling first: names, then descriptions. */
export interface Searched {
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

/** Those that have every word of `query`, the ones whose names have them first; all for an empty query. */
export function search<Item extends Searched>(items: readonly Item[], query: string): Item[] {
  const words = query
    .toLowerCase()
    .split(/[\s/]+/)
    .filter((word) => word !== '');
  return items
    .map((item) => ({ item, rank: rankOf(item, words) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((a, b) => b.rank - a.rank)
    .map(({ item }) => item);
}

/** 0: a word is missing. Each word counts 2 in a name, 1 in a text; a name that is the query as a whole wins. */
function rankOf({ names, texts }: Searched, words: readonly string[]): number {
  const [inNames, inTexts] = [names, texts].map((list) => list.join('\n').toLowerCase());
  const ranks = words.map((word) => (inNames?.includes(word) ? 2 : inTexts?.includes(word) ? 1 : 0));
  if (ranks.some((rank) => rank === 0)) return 0;
  const isWhole = names.some((name) => name.toLowerCase() === words.join(' '));
  return 1 + ranks.reduce<number>((sum, rank) => sum + rank, 0) + (isWhole ? 100 : 0);
}
