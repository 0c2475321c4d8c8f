import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { root, runToEnd } from '../helpers/processes.ts';
import { alertNames } from './rule-files.ts';
import {
  acts,
  administered,
  commands,
  composed,
  looks,
  notRun,
  onPurpose,
  others,
  runbook as text,
  shell,
} from './runbook-commands.ts';

const sections = new Map(
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => [part.slice(0, part.indexOf('\n')), part]),
);

/** As GitHub makes them. */
function anchorOf(title: string): string {
  return title.toLowerCase().replaceAll(' ', '-');
}

/** What stands after `command` wherever it is named. */
function after(command: string): string[] {
  return [...text.matchAll(new RegExp(`${command} ([a-z][\\w:-]*)`, 'g'))].map(([, name = '']) => name);
}

describe('the runbook', () => {
  test('has a section for every alert, with what it means, what to do and whom to wake, and for nothing that is none', () => {
    for (const name of alertNames)
      for (const part of ['Meaning', 'Impact', 'First look', 'Fix', 'Escalate'])
        assert.ok(sections.get(name)?.includes(`**${part}:** `), `${name} lacks ${part}`);
    const others = [...sections.keys()].filter((title) => /^[A-Z]\w+$/.test(title));
    assert.deepEqual(
      others.filter((title) => !alertNames.includes(title)),
      ['Deploy', 'Reshard'],
    );
  });

  test('has what an operator does on purpose', () => {
    assert.deepEqual(
      onPurpose.filter((title) => !sections.has(title)),
      [],
    );
  });

  test('its links lead somewhere', () => {
    const anchors = new Set([...sections.keys()].map(anchorOf));
    const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, to = '']) => to);
    const dead = links.filter((to) =>
      to.startsWith('#') ? !anchors.has(to.slice(1)) : !existsSync(path.join(root, 'docs', to)),
    );
    assert.deepEqual(dead, []);
  });

  test('each of its commands is run by a test, or there is a reason', () => {
    assert.ok(commands.length > 90, `only ${commands.length} found`);
    const known = new Set([
      ...looks,
      ...acts,
      ...administered,
      ...shell,
      ...composed,
      ...Object.keys(notRun),
    ]);
    const named = new Set(commands.map((command) => command.text));
    assert.deepEqual(
      [...named].filter((command) => !known.has(command)),
      [],
    );
    assert.deepEqual(
      Object.keys(notRun).filter((command) => !named.has(command)),
      [],
    );
    assert.deepEqual(
      [...new Set(others)],
      [
        '(guild_id >> 22) % shards',
        '--kind KIND',
        'role: state',
        'maxmemory-policy allkeys-lru',
        'save ""',
        'appendonly no',
        'admin restart',
        "services: { postgres: { networks: [operator], ports: ['10.0.0.5:5432:5432'] } }",
      ],
    );
  });

  test('its blocks are of kinds that tests read: shell, variables of services, a file of Redis', () => {
    const kinds = [...text.matchAll(/^```(\w*)\n[^]*?\n```$/gm)].map(([, kind]) => kind);
    assert.deepEqual(kinds, ['sh', 'ini', 'conf', 'sh']);
  });

  test('every npm script that it names exists', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Readonly<Record<string, string>>;
    };
    const named = new Set(after('npm run'));
    assert.ok(named.size > 5, `only ${[...named].join(', ')} found`);
    assert.deepEqual(
      [...named].filter((name) => !(name in scripts)),
      [],
    );
  });

  test('every admin command that it names exists', async () => {
    const { stdout } = await runToEnd('admin', ['--help'], { PATH: process.env['PATH'] });
    const known = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name = '']) => name);
    const named = new Set(after('npm run admin --'));
    assert.ok(named.size > 6, `only ${[...named].join(', ')} found`);
    assert.deepEqual(
      [...named].filter((name) => !known.includes(name)),
      [],
    );
  });

  test('every series that it names is one of ours', () => {
    const code = [...text.matchAll(/`(shoal_\w+)`/g)].map(([, name = '']) => name.replace(/_count$/, ''));
    const folder = path.join(root, 'src/telemetry');
    const files = ['interactions', 'rest', 'jobs', 'database', 'sessions', 'identifies'];
    const ours = files.map((file) => readFileSync(path.join(folder, `${file}.ts`), 'utf8')).join('\n');
    assert.deepEqual(
      code.filter((name) => name !== 'shoal_owner' && !ours.includes(`'${name}'`)),
      [],
    );
  });
});
