import { z } from 'zod';
import { defineLookup } from '../../../upstream/upstream.ts';

export interface Titled {
  readonly lang: string;
  readonly title: string;
}

/** An article moves and grows by the day, not by the minute. */
const lifetime = { freshSec: 3_600, staleSec: 7 * 86_400 } as const;

/** The first paragraph of an article (wikimedia.org/api/rest_v1, "Page content"); other spellings of a title are redirects. */
export const summaries = defineLookup({
  name: 'wiki-summaries',
  upstream: 'wikipedia',
  request: ({ lang, title }: Titled) => ({
    lang,
    path: ['api', 'rest_v1', 'page', 'summary', title.replaceAll(' ', '_')],
  }),
  schema: z.object({
    type: z.string(),
    title: z.string(),
    description: z.string().optional(),
    extract: z.string(),
    thumbnail: z.object({ source: z.url({ protocol: /^https$/ }) }).optional(),
    content_urls: z.object({ desktop: z.object({ page: z.url({ protocol: /^https$/ }) }) }),
  }),
  ...lifetime,
});

/** Titles that begin with what was typed (mediawiki.org, "API:Opensearch"): what was typed, titles, and two more lists. */
export const beginnings = defineLookup({
  name: 'wiki-titles',
  upstream: 'wikipedia',
  request: ({ lang, title }: Titled) => ({
    lang,
    path: ['w', 'api.php'],
    search: { action: 'opensearch', search: title, limit: '10', namespace: '0', format: 'json' },
  }),
  schema: z.tuple([z.string(), z.array(z.string()).max(10)]).rest(z.unknown()),
  ...lifetime,
});

/** Articles in which the words stand (mediawiki.org, "API:Search"). */
export const searches = defineLookup({
  name: 'wiki-searches',
  upstream: 'wikipedia',
  request: ({ lang, title }: Titled) => ({
    lang,
    path: ['w', 'api.php'],
    search: {
      action: 'query',
      list: 'search',
      srsearch: title,
      srlimit: '5',
      srprop: '',
      format: 'json',
      formatversion: '2',
    },
  }),
  schema: z.object({
    query: z.object({ search: z.array(z.object({ title: z.string() })).max(5) }).optional(),
  }),
  ...lifetime,
});
