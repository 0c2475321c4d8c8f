import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, test } from 'node:test';
import { features } from '../../src/features/features.ts';
import { commandName } from '../../src/features/mention.ts';
import { commandBodies } from '../../src/features/registration.ts';
import { languages, type Language, type Words } from '../../src/i18n/i18n.ts';
import { root } from '../helpers/processes.ts';

const translations = languages.filter((language) => language !== 'en');

/** Texts that are the same in another language and meant to be. */
const meant: ReadonlySet<string> = new Set([
  '{bar} {share} · {count, plural, one {# vote} other {# votes}}',
  'Pull request',
]);

interface Found {
  readonly where: string;
  readonly texts: Readonly<Record<Language, Readonly<Record<string, string>>>>;
}

/** Every `defineWords` of the product (not of what is only written by the scaffold), by the name that it is exported under. */
async function allWords(): Promise<Found[]> {
  const found: Found[] = [];
  for await (const file of glob('src/!(scaffold)/**/*.ts', { cwd: root })) {
    const source = readFileSync(path.join(root, file), 'utf8');
    const names = [...source.matchAll(/^(export )?const (\w+)[^=\n]* = defineWords\(/gm)];
    for (const [, exported, name = ''] of names) {
      assert.ok(exported, `${file}: export ${name}, so that its translations are compared`);
      const module = (await import(pathToFileURL(path.join(root, file)).href)) as Record<
        string,
        Words<string>
      >;
      const words = module[name];
      assert.ok(words);
      found.push({ where: `${file} ${name}`, texts: words.texts });
    }
  }
  return found;
}

/** The values that an ICU message names: what stands first in its braces, but not the texts of a plural's cases. */
function placeholders(message: string): string[] {
  return [...new Set([...message.matchAll(/\{\s*(\w+)\s*[,}]/g)].map(([, name = '']) => name))].toSorted();
}

/** The commands that a text names so that each reader sees them as their client does. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/<\/([^>]+)>/g)].map(([, place = '']) => place).toSorted();
}

/** Every command and subcommand by where it is defined, and all that clients call it. */
const places = features.flatMap(({ commands }) =>
  commands.flatMap(({ name, subcommands = {} }) => [
    name,
    ...Object.keys(subcommands).map((part) => `${name} ${part}`),
  ]),
);
const shown = new Set(
  languages.flatMap((language) => places.map((place) => commandName(features, place, language))),
);

/** `/poll list` or `/umfrage` as plain text: in another language it is called something else. */
function plainCommands(text: string): string[] {
  const named = text.matchAll(/(?<![\w</.)])\/(\p{L}[\p{L}_-]*)/gu);
  return [...named].map(([, name = '']) => name).filter((name) => shown.has(name.toLowerCase()));
}

/** Without placeholders and markup: what would have been translated. */
function wordsOf(message: string): string[] {
  return message
    .replaceAll(/`[^`]*`|<[^>]*>|\{\s*\w+\s*(?:,\s*\w+\s*)?\}/g, ' ')
    .split(/[^\p{L}]+/u)
    .filter((word) => word.length > 2);
}

/** Two words that both mean something: `Version` and `Shard` are the same in German. */
function isOversight(english: string, translated: string): boolean {
  return english === translated && wordsOf(english).length > 1 && !meant.has(english);
}

describe('what members read, in five languages', async () => {
  const words = await allWords();

  test('there are words', () => {
    assert.ok(words.length >= 6, `${words.length}`);
  });

  for (const { where, texts } of words) {
    test(where, () => {
      for (const language of translations) {
        assert.deepEqual(Object.keys(texts[language]).toSorted(), Object.keys(texts.en).toSorted(), language);
        for (const [key, english] of Object.entries(texts.en)) {
          const translated = texts[language][key] ?? '';
          assert.deepEqual(placeholders(translated), placeholders(english), `${language} ${key}`);
          assert.deepEqual(commandsIn(translated), commandsIn(english), `${language} ${key}`);
          assert.notEqual(translated.trim(), '', `${language} ${key} is empty`);
          assert.ok(!isOversight(english, translated), `${language} ${key} is the English text`);
        }
      }
    });
  }

  test('a text names a command as each reader’s client does', () => {
    for (const { where, texts } of words)
      for (const language of languages)
        for (const [key, text] of Object.entries(texts[language])) {
          assert.deepEqual(plainCommands(text), [], `${where} ${language} ${key}: write </place> instead`);
          for (const place of commandsIn(text))
            assert.ok(places.includes(place), `${where} ${key}: ${place}`);
        }
  });

  test('no description names a command, since each is registered in one text for a language', () => {
    assert.deepEqual(plainCommands(JSON.stringify(commandBodies(features))), []);
  });

  for (const { name, commands, words: named, title } of features) {
    test(`the commands of ${name}`, () => {
      const english = new Map(
        commands.flatMap((command) => {
          const parts = command.subcommands ?? {};
          const own = command.subcommands === undefined ? command.options : {};
          return [
            [command.name, command.description] as const,
            ...Object.entries(own).map(
              ([option, { registration }]) =>
                [`${command.name} ${option}`, registration.description] as const,
            ),
            ...Object.entries(parts).flatMap(([part, { description, options }]) => [
              [`${command.name} ${part}`, description] as const,
              ...Object.entries(options).map(
                ([option, { registration }]) =>
                  [`${command.name} ${part} ${option}`, registration.description] as const,
              ),
            ]),
          ];
        }),
      );
      for (const language of translations) {
        const own = named?.[language] ?? {};
        assert.deepEqual(Object.keys(own).toSorted(), [...english.keys()].toSorted(), language);
        for (const [place, [, description]] of Object.entries(own))
          assert.ok(
            !isOversight(english.get(place) ?? '', description),
            `${language} ${place} is the English text`,
          );
      }
      assert.ok(title, `${name} has no title, which /help shows`);
    });
  }
});
