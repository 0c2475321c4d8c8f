import { clip, escapeMarkdown, mentionOf } from '../../i18n/i18n.ts';
import type { Context } from '../context.ts';
import { fitting } from '../fitting.ts';
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

/** Of the longest entries, five stay below an embed's 4,096 characters, of which a field may have 1,024 (resources/message, "Embed Limits"). */
const entriesAPage = 5;
const entryMax = 800;
const fieldMax = 1_024;

export interface Seen {
  readonly title: string;
  readonly description: string;
  readonly page: number;
  readonly pages: number;
  /** What was found beside those that are described. */
  readonly also?: string;
  /** How many more. */
  readonly more?: number;
}

export function textOf(context: Context, { family, query, page = 0 }: View, entries: readonly Entry[]): Seen {
  const say = context.say(helpWords);
  if (query !== undefined) {
    const found = search(entries, query);
    if (found.length > 0)
      return { ...pageOf(context, say('found', { query }), found, 0, 1), ...othersOf(context, found) };
    return { title: say('nothing', { query }), description: say('nothingAdvice'), page: 0, pages: 1 };
  }
  const own = entries.filter((entry) => entry.family === family);
  if (family !== undefined && own.length > 0) {
    const pages = Math.ceil(own.length / entriesAPage);
    return pageOf(context, titleOf(context, family), own, Math.min(page, pages - 1), pages);
  }
  return { title: say('title'), description: overview(context, entries), page: 0, pages: 1 };
}

function pageOf(
  context: Context,
  title: string,
  entries: readonly Entry[],
  page: number,
  pages: number,
): Seen {
  const shown = entries.slice(page * entriesAPage, (page + 1) * entriesAPage);
  const description = shown.map((entry) => clip(entryText(context, entry), entryMax)).join('\n\n');
  return { title, description, page, pages };
}

/** Clickable, so that whoever sees one has found it. */
function othersOf({ speech }: Context, found: readonly Entry[]): Pick<Seen, 'also' | 'more'> {
  const others = found.slice(entriesAPage).map(({ place }) => mentionOf(speech, place));
  const shown = fitting(others, ' · ', fieldMax);
  return { also: shown.join(' · '), more: others.length - shown.length };
}

function entryText(context: Context, entry: Entry): string {
  const say = context.say(helpWords);
  const options = entry.options.map(({ name, description, required }) => {
    const need = say(required ? 'required' : 'optional');
    return `- \`${name}\` (${need}): ${escapeMarkdown(description)}`;
  });
  return [mentionOf(context.speech, entry.place), escapeMarkdown(entry.description), ...options].join('\n');
}

function overview(context: Context, entries: readonly Entry[]): string {
  const families = [...Map.groupBy(entries, ({ family }) => family)].map(
    ([family, own]) =>
      `**${titleOf(context, family)}**\n${own.map(({ place }) => mentionOf(context.speech, place)).join(' · ')}`,
  );
  return [context.say(helpWords)('overview'), ...families].join('\n\n');
}
