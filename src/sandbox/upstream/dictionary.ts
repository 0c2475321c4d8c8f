import { Hono } from 'hono';
import { pick } from '../world/random.ts';
import { chanceOf, isMissing, pickSome } from './invention.ts';

const partsOfSpeech = ['noun', 'verb', 'adjective'] as const;
const beginnings = [
  'The quality of',
  'To make or become',
  'Having the nature of',
  'A thing used for',
] as const;
const middles = [
  'something bright',
  'a slow change',
  'great care',
  'an old habit',
  'a narrow place',
] as const;
const related = ['glow', 'drift', 'craft', 'custom', 'passage', 'shelter', 'token'] as const;

/** `GET /api/v2/entries/{language}/{word}` (dictionaryapi.dev), which speaks English only. */
export function dictionary(seed: number): Hono {
  const api = new Hono();
  api.get('/api/v2/entries/:lang/:word', (c) => {
    const { lang, word } = c.req.param();
    const isWord = /^\p{L}[\p{L}' -]{0,44}$/u.test(word) && !isMissing(word);
    return isWord && lang === 'en' ? c.json([entry(seed, word.toLowerCase())]) : c.json(nothingFound, 404);
  });
  return api;
}

const nothingFound = {
  title: 'No Definitions Found',
  message: "Sorry pal, we couldn't find definitions for the word you were looking for.",
  resolution: 'You can try the search again at later time or head to the web instead.',
};
const license = { name: 'CC BY-SA 3.0', url: 'https://creativecommons.org/licenses/by-sa/3.0' };

function entry(seed: number, word: string): object {
  const random = chanceOf(seed, 'dictionary', word);
  const phonetic = `/${word.replaceAll(/[aeiou]/g, 'ə')}/`;
  return {
    word,
    phonetic,
    phonetics: [{ text: phonetic, audio: '' }],
    meanings: pickSome(random, partsOfSpeech, 2).map((part) => meaning(random, word, part)),
    license,
    sourceUrls: [`https://en.wiktionary.org/wiki/${encodeURIComponent(word)}`],
  };
}

function meaning(random: () => number, word: string, partOfSpeech: string): object {
  const definitions = Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
    definition: `${pick(random, beginnings)} ${pick(random, middles)}.`,
    synonyms: [],
    antonyms: [],
    ...(random() < 0.5 && { example: `They spoke of ${word} and ${pick(random, middles)}.` }),
  }));
  return { partOfSpeech, definitions, synonyms: pickSome(random, related, 3), antonyms: [] };
}
