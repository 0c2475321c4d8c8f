import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { findArticle, normalTitle, redirectOf, type Article } from './article.ts';

/** `GET /api/rest_v1/page/summary/{title}` (en.wikipedia.org/api/rest_v1, Page content). */
export function summary(c: Context, seed: number, lang: string, asked: string): Response {
  const title = normalTitle(asked);
  const target = c.req.query('redirect') === 'false' ? undefined : redirectOf(title);
  if (target !== undefined) return c.redirect(inAddress(target), 302);
  const article = findArticle(seed, lang, title);
  if (!article) return notFound(c, lang, asked);
  // A title that is only written differently: it moves for good, to a sibling of this address.
  if (asked !== title.replaceAll(' ', '_')) return c.redirect(inAddress(title), 301);
  c.header('etag', `"${article.revision}/${article.pageid}"`);
  c.header('cache-control', 's-maxage=1209600, max-age=300');
  return c.json(shown(article, lang), 200, {
    'content-type':
      'application/json; charset=utf-8; profile="https://www.mediawiki.org/wiki/Specs/Summary/1.4.2"',
  });
}

function shown(
  { title, kind, pageid, revision, timestamp, description, extract }: Article,
  lang: string,
): object {
  const canonical = title.replaceAll(' ', '_');
  const display = `<span class="mw-page-title-main">${escaped(title)}</span>`;
  return {
    type: kind,
    title,
    displaytitle: display,
    namespace: { id: 0, text: '' },
    wikibase_item: `Q${pageid % 9_000_000}`,
    titles: { canonical, normalized: title, display },
    pageid,
    lang,
    dir: ['ar', 'fa', 'he', 'ur'].includes(lang) ? 'rtl' : 'ltr',
    revision,
    tid: randomUUID(),
    timestamp,
    description,
    description_source: 'local',
    content_urls: {
      desktop: addresses(`https://${lang}.wikipedia.org`, canonical),
      mobile: addresses(`https://${lang}.m.wikipedia.org`, canonical),
    },
    extract,
    extract_html: `<p>${escaped(extract)}</p>`,
  };
}

function addresses(origin: string, canonical: string): object {
  const page = encodeURIComponent(canonical);
  return {
    page: `${origin}/wiki/${page}`,
    revisions: `${origin}/wiki/${page}?action=history`,
    edit: `${origin}/wiki/${page}?action=edit`,
    talk: `${origin}/wiki/Talk:${page}`,
  };
}

function notFound(c: Context, lang: string, asked: string): Response {
  return c.json(
    {
      type: 'https://mediawiki.org/wiki/HyperSwitch/errors/not_found',
      title: 'Not found.',
      method: 'get',
      detail: 'Page or revision not found.',
      uri: `/${lang}.wikipedia.org/v1/page/summary/${inAddress(asked)}`,
    },
    404,
  );
}

function inAddress(title: string): string {
  return encodeURIComponent(title.replaceAll(' ', '_'));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
