import type { Context } from 'hono';
import { findArticle, suggestTitles } from './article.ts';

/** `GET /w/api.php` (www.mediawiki.org/wiki/API): `action=opensearch`, and `action=query` with `list=search`. */
export function actionApi(c: Context, seed: number, lang: string): Response {
  const { action = 'help', list, search, srsearch } = c.req.query();
  if (action === 'opensearch') {
    return search === undefined ? missing(c, 'search') : c.json(openSearch(c, lang, search));
  }
  if (action !== 'query') return badValue(c, 'action', action);
  if (list !== 'search')
    return list === undefined ? c.json({ batchcomplete: '' }) : badValue(c, 'list', list);
  return srsearch === undefined ? missing(c, 'srsearch') : c.json(searchResult(c, seed, lang, srsearch));
}

/** Four lists: what was typed, titles, descriptions that are always empty, addresses. */
function openSearch(c: Context, lang: string, typed: string): readonly unknown[] {
  const titles = suggestTitles(typed, limitOf(c, 'limit'));
  const address = (title: string) =>
    `https://${lang}.wikipedia.org/wiki/${encodeURIComponent(title.replaceAll(' ', '_'))}`;
  return [typed, titles, titles.map(() => ''), titles.map(address)];
}

function searchResult(c: Context, seed: number, lang: string, wanted: string): object {
  // The search goes by words; what stands between them does not count (mediawiki.org, Help:CirrusSearch).
  const titles = suggestTitles(wanted.replaceAll(/[#<>[\]{}|]/g, ' '), limitOf(c, 'srlimit'));
  const found = titles.flatMap((title) => findArticle(seed, lang, title) ?? []);
  return {
    batchcomplete: c.req.query('formatversion') === '2' ? true : '',
    query: {
      searchinfo: { totalhits: found.length },
      search: found.map(({ title, pageid, words, extract, timestamp }) => ({
        ns: 0,
        title,
        pageid,
        size: words * 6,
        wordcount: words,
        snippet: extract.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
        timestamp,
      })),
    },
  };
}

function limitOf(c: Context, parameter: string): number {
  const limit = Number(c.req.query(parameter) ?? 10);
  return Number.isInteger(limit) && limit > 0 ? Math.min(limit, 500) : 10;
}

/** Errors of this API are 200 with an `error`. */
function badValue(c: Context, parameter: string, value: string): Response {
  const info = `Unrecognized value for parameter "${parameter}": ${value}.`;
  return c.json({ error: { code: 'badvalue', info } });
}

function missing(c: Context, parameter: string): Response {
  const info = `The "${parameter}" parameter must be set.`;
  return c.json({ error: { code: 'missingparam', info } });
}
