import { z } from 'zod';
import { escapeMarkdown } from '../../../i18n/i18n.ts';
import { defineLookup } from '../../../upstream/upstream.ts';
import { defineCommand } from '../../command.ts';
import { stringOption } from '../../options.ts';
import { ask, embedOf, notFound } from '../ask.ts';
import { lookupLimits } from '../limits.ts';
import { defineCommandWords } from './define-words.ts';

const service = 'dictionaryapi.dev · Wiktionary, CC BY-SA 3.0';

/** A member wants to know what a word means, not all that is known about it. */
const meaningsMax = 4;
const definitionsMax = 3;

const meaning = z.object({
  partOfSpeech: z.string(),
  definitions: z.array(z.object({ definition: z.string(), example: z.string().optional() })),
  synonyms: z.array(z.string()).optional(),
});

/** dictionaryapi.dev; a word's meaning does not change from day to day. */
const definitions = defineLookup({
  name: 'definitions',
  upstream: 'dictionary',
  request: (word: string) => ({ path: ['api', 'v2', 'entries', 'en', word] }),
  schema: z
    .array(z.object({ word: z.string(), phonetic: z.string().optional(), meanings: z.array(meaning) }))
    .min(1),
  freshSec: 86_400,
  staleSec: 30 * 86_400,
});

export const defineLookups = [definitions];

export const define = defineCommand({
  name: 'define',
  description: 'What an English word means',
  limits: lookupLimits,
  options: { word: stringOption({ description: 'An English word', required: true, maxLength: 60 }) },
  async run(context) {
    const word = context.options.word.trim().replaceAll(/\s+/g, ' ').toLowerCase();
    const say = context.say(defineCommandWords);
    const elsewhere = `https://en.wiktionary.org/wiki/${encodeURIComponent(word.toWellFormed())}`;
    const found = await ask(context, definitions, word, { service: 'dictionaryapi.dev', elsewhere });
    if (found.body === undefined) throw notFound(context, say('missing', { word }));
    const meanings = found.body.flatMap((entry) => entry.meanings).slice(0, meaningsMax);
    const phonetic = found.body.find((entry) => entry.phonetic)?.phonetic;
    const synonyms = [...new Set(meanings.flatMap((one) => one.synonyms ?? []))].slice(0, 8).join(', ');
    const lines = [
      ...(phonetic === undefined ? [] : [escapeMarkdown(phonetic)]),
      ...meanings.flatMap(meaningLines),
      ...(synonyms === '' ? [] : [`**${say('synonyms')}** ${escapeMarkdown(synonyms)}`]),
    ];
    const embed = await embedOf(context, found, service, {
      title: escapeMarkdown(found.body[0]?.word ?? word),
      url: elsewhere,
      description: lines.join('\n'),
    });
    await context.reply({ embeds: [embed] });
  },
});

function meaningLines({ partOfSpeech, definitions: given }: z.infer<typeof meaning>): string[] {
  const lines = given.slice(0, definitionsMax).map(({ definition, example }, index) => {
    const used = example === undefined ? '' : `\n-# ${escapeMarkdown(example)}`;
    return `${index + 1}. ${escapeMarkdown(definition)}${used}`;
  });
  return [`**${escapeMarkdown(partOfSpeech)}**`, ...lines];
}
