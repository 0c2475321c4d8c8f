import { clip, escapeMarkdown } from '../../i18n/i18n.ts';
import type { Context } from '../context.ts';
import { commandMention } from '../mention.ts';
import type { Entry } from './entries.ts';
import { titleOf } from '../title.ts';
import { helpWords } from './help-words.ts';
import { search } from './rules/search.ts';

/** What is looked at: a family, or what a search finds, or with neither the overview. */
export interface View {
  readonly family?: string;
  readonly query?: string;
  /** From 0. */
  readonly page?: number;
}

/** Of the longest entries, five stay below an embed's 4,096 characters (resources/message, "Embed Limits"). */
const entriesAPage = 5;
const entryMax = 800;

export interface Seen {
  readonly title: string;
  readonly description: string;
  readonly page: number;
  readonly pages: number;
  /** How many were found beside those that are shown. */
  readonly more?: number;
}

type Ids = ReadonlyMap<string, string>;

export function textOf(
  context: Context,
  { family, query, page = 0 }: View,
  entries: readonly Entry[],
  ids: Ids,
): Seen {
  const say = context.say(helpWords);
  if (query !== undefined) {
    const found = search(entries, query);
    const more = Math.max(found.length - entriesAPage, 0);
    if (found.length > 0) return { ...pageOf(context, say('found', { query }), found, ids, 0, 1), more };
    return { title: say('nothing', { query }), description: say('nothingAdvice'), page: 0, pages: 1 };
  }
  const own = entries.filter((entry) => entry.family === family);
  if (family !== undefined && own.length > 0) {
    const pages = Math.ceil(own.length / entriesAPage);
    return pageOf(context, titleOf(context, family), own, ids, Math.min(page, pages - 1), pages);
  }
  return { title: say('title'), description: overview(context, entries, ids), page: 0, pages: 1 };
}

function pageOf(
  context: Context,
  title: string,
  entries: readonly Entry[],
  ids: Ids,
  page: number,
  pages: number,
): Seen {
  const shown = entries.slice(page * entriesAPage, (page + 1) * entriesAPage);
  const description = shown.map((entry) => clip(entryText(context, entry, ids), entryMax)).join('\n\n');
  return { title, description, page, pages };
}

function entryText(context: Context, entry: Entry, ids: Ids): string {
  const say = context.say(helpWords);
  const options = entry.options.map(({ name, description, required }) => {
    const need = say(required ? 'required' : 'optional');
    return `- \`${name}\` (${need}): ${escapeMarkdown(description)}`;
  });
  return [commandMention(ids, entry.place, entry.name), escapeMarkdown(entry.description), ...options].join(
    '\n',
  );
}

function overview(context: Context, entries: readonly Entry[], ids: Ids): string {
  const families = [...Map.groupBy(entries, ({ family }) => family)].map(
    ([family, own]) =>
      `**${titleOf(context, family)}**\n${own.map((entry) => commandMention(ids, entry.place, entry.name)).join(' · ')}`,
  );
  return [context.say(helpWords)('overview'), ...families].join('\n\n');
}
