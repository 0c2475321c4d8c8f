import type { Feature } from '../feature.ts';
import { commandWords } from './command-words.ts';
import { convert } from './convert/convert.ts';
import { rates } from './convert/currency.ts';
import { define, defineLookups } from './define/define.ts';
import { github } from './github/github.ts';
import { accounts, issues, repositories } from './github/lookups.ts';
import { cities } from './weather/cities.ts';
import { forecast } from './weather/forecast.ts';
import { weather } from './weather/weather.ts';
import { beginnings, searches, summaries } from './wiki/lookups.ts';
import { wiki } from './wiki/wiki.ts';

/** What other services know. */
export const lookups: Feature = {
  name: 'lookups',
  title: { en: 'Look-ups', de: 'Nachschlagen', fr: 'Recherches', es: 'Consultas', ko: '찾아보기' },
  intents: [],
  commands: [weather, github, wiki, define, convert],
  words: commandWords,
  lookups: [
    cities,
    forecast,
    repositories,
    accounts,
    issues,
    summaries,
    beginnings,
    searches,
    ...defineLookups,
    rates,
  ],
};
