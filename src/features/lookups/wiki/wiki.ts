import { escapeMarkdown, languageOf } from '../../../i18n/i18n.ts';
import { defineCommand } from '../../command.ts';
import type { Asker } from '../../context.ts';
import type { Refusal } from '../../feature.ts';
import { stringOption, type Complete } from '../../options.ts';
import { ask, embedOf, ifAnswered, notFound } from '../ask.ts';
import { lookupLimits } from '../limits.ts';
import { beginnings, searches, summaries, type Titled } from './lookups.ts';
import { wikiWords } from './wiki-words.ts';

const service = 'Wikipedia';

/** Wikipedias are called by their languages, in those languages. */
const languages = [
  { name: 'English', value: 'en' },
  { name: 'Deutsch', value: 'de' },
  { name: 'Français', value: 'fr' },
  { name: 'Español', value: 'es' },
  { name: '한국어', value: 'ko' },
] as const;

const completeTitle: Complete = async ({ typed, options, speech, lookUp }) => {
  const title = normal(typed);
  if (title === '') return [];
  const chosen = options.get('language');
  const lang = (typeof chosen === 'string' ? languageOf(chosen) : undefined) ?? speech.language;
  const [, titles = []] = (await ifAnswered(lookUp(beginnings, { lang, title }))) ?? [];
  return titles.map((found) => ({ name: found, value: found }));
};

export const wiki = defineCommand({
  name: 'wiki',
  description: 'What Wikipedia says about something, in short',
  limits: lookupLimits,
  options: {
    term: stringOption({
      description: 'What to look up',
      required: true,
      maxLength: 200,
      complete: completeTitle,
    }),
    language: stringOption({
      description: 'Which Wikipedia; if left out, the one in your language',
      choices: languages,
    }),
  },
  async run(context) {
    const { term, language = context.speech.language } = context.options;
    const query = { lang: language, title: normal(term) };
    const elsewhere = `https://${language}.wikipedia.org/wiki/${encodeURIComponent(query.title.toWellFormed())}`;
    const found = await ask(context, summaries, query, { service, elsewhere });
    if (found.body === undefined) throw await nothing(context, query);
    const { title, type, description, extract, thumbnail, content_urls: urls } = found.body;
    const heading = description === undefined ? '' : `*${escapeMarkdown(description)}*\n`;
    const hint = type === 'disambiguation' ? `\n\n${context.say(wikiWords)('ambiguous')}` : '';
    const embed = await embedOf(context, found, service, {
      title: escapeMarkdown(title),
      url: urls.desktop.page,
      description: `${heading}${escapeMarkdown(extract)}${hint}`,
      ...(thumbnail && { thumbnail: { url: thumbnail.source } }),
    });
    await context.reply({ embeds: [embed] });
  },
});

/** With what comes near it, where the search answers. */
async function nothing(context: Asker, query: Titled): Promise<Refusal> {
  const say = context.say(wikiWords);
  const { title: term } = query;
  const found = await ifAnswered(context.lookUp(searches, query));
  const titles = found?.query?.search.map(({ title }) => title) ?? [];
  const advice =
    titles.length === 0 ? say('missing', { term }) : say('near', { term, titles: titles.join(' · ') });
  return notFound(context, advice);
}

/** As MediaWiki stores a title, but for its capital. */
function normal(term: string): string {
  return term.replaceAll(/[\s_]+/g, ' ').trim();
}
