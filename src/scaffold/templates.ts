import type { Names } from './names.ts';

/** The files of a new feature by their path from the root: a command that greets, in five languages, and its test. */
export function featureFiles({ name, camel }: Names): Readonly<Record<string, string>> {
  const folder = `src/features/${name}`;
  return {
    [`${folder}/${name}.ts`]: door(name, camel),
    [`${folder}/${name}-command.ts`]: command(name),
    [`${folder}/${name}-words.ts`]: words(name, camel === name ? name : `'${name}'`),
    [`test/features/${name}.test.ts`]: testFile(name),
  };
}

function door(name: string, camel: string): string {
  return `import type { Feature } from '../feature.ts';
import { command } from './${name}-command.ts';
import { commandWords } from './${name}-words.ts';

export const ${camel}: Feature = {
  name: '${name}',
  title: {
    en: '${name}',
    de: '${name}',
    fr: '${name}',
    es: '${name}',
    ko: '${name}',
  },
  intents: [],
  commands: [command],
  words: commandWords,
};
`;
}

function command(name: string): string {
  return `import { defineCommand } from '../command.ts';
import { words } from './${name}-words.ts';

export const command = defineCommand({
  name: '${name}',
  description: 'Greets you',
  async run({ reply, say, user }) {
    await reply(say(words)('greeting', { name: user.name }));
  },
});
`;
}

/** The command is called the same in all languages until somebody translates its name. */
function words(name: string, key: string): string {
  return `import { defineWords } from '../../i18n/i18n.ts';
import type { CommandWords } from '../command-words.ts';

export const commandWords: CommandWords = {
  de: { ${key}: ['${name}', 'Begrüßt dich'] },
  fr: { ${key}: ['${name}', 'Vous salue'] },
  es: { ${key}: ['${name}', 'Te saluda'] },
  ko: { ${key}: ['${name}', '인사를 해요'] },
};

export const words = defineWords({
  en: { greeting: 'Hello, {name}!' },
  de: { greeting: 'Hallo, {name}!' },
  fr: { greeting: 'Bonjour, {name} !' },
  es: { greeting: '¡Hola, {name}!' },
  ko: { greeting: '{name}님, 안녕하세요!' },
});
`;
}

function testFile(name: string): string {
  return `import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { featureStage, type FeatureStage } from './stage.ts';

let stage: FeatureStage;
before(async () => {
  stage = await featureStage();
});
after(() => stage?.[Symbol.asyncDispose]());

test('/${name} greets a member in their language', async () => {
  assert.match((await stage.run('${name}')).content, /^Hello, .+!$/);
  const german = await stage.run('${name}', {}, { locale: 'de' });
  assert.match(german.content, /^Hallo, .+!$/);
});
`;
}
