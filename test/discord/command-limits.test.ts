import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { commandProblems } from '../../src/discord/command-limits.ts';
import type { CommandBody } from '../../src/discord/command-registration.ts';
import { features } from '../../src/features/features.ts';
import { commandBodies } from '../../src/features/registration.ts';

const option = { type: 3, name: 'when', description: 'When' } as const;
const ok: CommandBody = { name: 'remind', description: 'Reminds you', options: [option] };

describe('what Discord would refuse is said before anything is sent', () => {
  test('of our commands nothing', () => {
    assert.deepEqual(commandProblems(commandBodies(features)), []);
    assert.deepEqual(commandProblems([ok]), []);
  });

  const long = 'x'.repeat(101);
  const localized = { description_localizations: { de: long }, name_localizations: { de: 'Erinnern' } };
  const many = Array.from({ length: 26 }, (_, index) => ({ name: `n${index}`, value: `v${index}` }));
  const heavy = Array.from({ length: 25 }, (_, index) => ({
    ...option,
    name: `o${index}`,
    choices: ['x', 'y'].map((letter) => ({
      name: letter.repeat(99),
      name_localizations: { ko: letter.repeat(100) },
      value: letter.repeat(100),
    })),
    description: 'd'.repeat(90),
    description_localizations: { fr: 'f'.repeat(100), de: 'd'.repeat(100) },
  }));
  const cases: Readonly<Record<string, readonly [CommandBody[], readonly string[]]>> = {
    'names and descriptions in every language': [
      [{ ...ok, name: 'Remind', ...localized }],
      [
        'the name "Remind" of /Remind must have 1 to 32 lower-case letters, digits, - or _',
        'the name "Erinnern" of /Remind (de) must have 1 to 32 lower-case letters, digits, - or _',
        'the description of /Remind (de) has 101 characters, 1 to 100 are allowed',
      ],
    ],
    'options and choices': [
      [{ ...ok, options: [{ ...option, choices: [...many, { name: '', value: long }] }, option] }],
      [
        'two options of /remind are called "when"',
        '/remind when has 27 choices, 25 are the limit',
        'the choice "" of /remind when has 0 characters, 1 to 100 are allowed',
        'the value of the choice "" of /remind when has 101 characters, 1 to 100 are allowed',
      ],
    ],
    'the size as a whole, by the longest translation': [
      [{ name: 'big', description: 'Big', options: heavy }],
      [`/big has ${6 + 25 * 500 + 10 * 2 + 15 * 3} characters in all, 8000 are the limit`],
    ],
    'how many there are': [
      Array.from({ length: 101 }, (_, index) => ({ ...ok, name: `c${index}` })),
      ['there are 101 commands, 100 are the limit'],
    ],
    'two of one name, in one language': [
      [ok, { ...ok, name: 'recall', name_localizations: { de: 'remind' } }],
      ['two commands are called "remind" (de)'],
    ],
  };
  for (const [what, [commands, problems]] of Object.entries(cases))
    test(what, () => {
      const said = commandProblems(commands);
      for (const problem of problems)
        assert.ok(said.includes(problem), `${problem}\nis not in\n${said.join('\n')}`);
      assert.equal(said.length, problems.length, said.join('\n'));
    });
});
