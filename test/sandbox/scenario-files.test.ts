import assert from 'node:assert/strict';
import { writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import {
  namedScenario,
  scenarioFromFile,
  scenarioFromText,
  scenarioNames,
} from '../../src/sandbox/people/scenario-files.ts';

const good = 'title: Two\nphases:\n  - for: 90s\n    rates: { joins: { from: 1, to: 3 }, messages: 2 }\n';

test('there are five built-in scenarios, and each can be read', () => {
  const names = ['ladder-evening', 'mass-join', 'ordinary-day', 'raid', 'spam-wave'];
  assert.deepEqual(scenarioNames(), names);
  for (const name of names) assert.ok(namedScenario(name).description.length > 20, name);
});

test('an ordinary day is as lively as large bots report', () => {
  const { phases, per_guilds } = namedScenario('ordinary-day');
  const dayMs = phases.reduce((sum, phase) => sum + phase.for, 0);
  const meanOf = (kind: 'messages' | 'reactions' | 'interactions') =>
    phases.reduce((sum, { rates, for: forMs }) => {
      const rate = rates[kind] ?? 0;
      const mean = typeof rate === 'object' ? (rate.from + rate.to) / 2 : rate;
      return sum + mean * forMs;
    }, 0) / dayMs;
  assert.deepEqual([dayMs, per_guilds], [86_400_000, 1_000]);
  // 0.93 messages a second in 1,000 guilds, by the case study of a bot with 250,000.
  assert.ok(Math.abs(meanOf('messages') - 0.93) < 0.05, `${meanOf('messages')} messages`);
});

test('durations have units, and what is left out has its default', () => {
  const { phases, speed } = scenarioFromText(good, 'good.yaml');
  assert.deepEqual(
    [speed, phases[0]?.for, phases[0]?.who, phases[0]?.says, phases[0]?.rates],
    [1, 90_000, 'everyone', 'small-talk', { joins: { from: 1, to: 3 }, messages: 2 }],
  );
});

const wrong: readonly (readonly [string, string, RegExp])[] = [
  [
    'an unknown rate',
    good.replace('messages', 'mesages'),
    /^bad\.yaml:4: phases\.0\.rates: .*"mesages"; correct its name, or remove it$/,
  ],
  [
    'a rate that is no number',
    good.replace('messages: 2', 'messages: many'),
    /^bad\.yaml:4: phases\.0\.rates\.messages: must be a number/,
  ],
  [
    'a duration without a unit',
    good.replace('90s', '90'),
    /^bad\.yaml:3: phases\.0\.for: must be a number with its unit: 500ms/,
  ],
  ['no phases', 'title: None\n', /^bad\.yaml:1: phases: /],
  [
    'who nobody is',
    `${good}    who: robots\n`,
    /^bad\.yaml:5: phases\.0\.who: must be everyone, newcomers, or/,
  ],
  [
    'a fault that there is not',
    `${good}    events:\n      - at: 1s\n        fault: { kind: flood }\n`,
    /^bad\.yaml:7: phases\.0\.events\.0\.fault\.kind: /,
  ],
  ['text that is no YAML', 'title: [\n', /^bad\.yaml:\d+: /],
  ['an empty file', '', /^bad\.yaml:1: the scenario: /],
];

for (const [what, text, says] of wrong) {
  test(`${what} is refused with file and line`, () => {
    assert.throws(() => scenarioFromText(text, 'bad.yaml'), { name: 'Refusal', message: says });
  });
}

test('a name that there is not lists those that there are; a file that is not there is named', () => {
  assert.throws(() => namedScenario('../raid'), {
    message:
      'there is no scenario "../raid"; there are: ladder-evening, mass-join, ordinary-day, raid, spam-wave',
  });
  assert.throws(() => scenarioFromFile('nowhere.yaml'), {
    message: /^cannot read the scenario nowhere\.yaml: /,
  });
  const folder = mkdtempSync(path.join(tmpdir(), 'shoal-scenario-'));
  try {
    const file = path.join(folder, 'own.yaml');
    writeFileSync(file, good);
    assert.equal(scenarioFromFile(file).title, 'Two');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
