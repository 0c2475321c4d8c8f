import { fixtureTitle } from '../helpers/fixture-title.ts';
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  ComponentType,
  InteractionType,
  PermissionFlagsBits,
  type APIInteraction,
} from 'discord-api-types/v10';
import { z } from 'zod';
import { defineCommand } from '../../src/features/command.ts';
import { defineComponent } from '../../src/features/component.ts';
import { CustomIds } from '../../src/features/custom-id.ts';
import type { Feature } from '../../src/features/feature.ts';
import { commandsOf, features } from '../../src/features/features.ts';
import { permissionNames } from '../../src/features/permission-words.ts';
import { languages, speechFor, verbatim } from '../../src/i18n/i18n.ts';
import { noRules, type GuildRules, type GuildSettings } from '../../src/settings/settings.ts';
import { gates } from '../../src/shard/gates.ts';
import type { Use, Verdict } from '../../src/shard/limiter.ts';
import { useOf } from '../../src/shard/limits.ts';
import type { Route } from '../../src/shard/route.ts';
import { Routes } from '../../src/shard/routes.ts';

const guildId = '300000000000000001';
const role = '400000000000000001';
const user = '200000000000000001';
const run = () => Promise.resolve();

const vote = defineComponent({ name: 'fish.vote', version: 1, data: z.object({}), run });
const fish: Feature = {
  name: 'fish',
  title: fixtureTitle,
  intents: [],
  commands: [
    defineCommand({ name: 'cast', description: 'Cast', run }),
    defineCommand({
      name: 'haul',
      description: 'Haul',
      limits: [
        { per: 'guild', times: 1, withinSec: 60, whenRedisFails: 'refuse' },
        { per: 'channel', times: 2, withinSec: 60, whenRedisFails: 'local' },
      ],
      run,
    }),
    defineCommand({ name: 'look', description: 'Look', limits: [], run }),
  ],
  components: [vote],
};
const base: Feature = {
  name: 'base',
  title: fixtureTitle,
  intents: [],
  commands: [defineCommand({ name: 'always', description: 'Always', run })],
  alwaysOn: true,
};
const customIds = new CustomIds('not a real secret');
const routes = new Routes([fish, base], customIds);

function routeOf(data: object, type: InteractionType): Route {
  const found = routes.find({ type, data } as APIInteraction);
  assert.ok(!('problem' in found), found.label);
  return found;
}
const command = (name: string) => routeOf({ type: 1, name }, InteractionType.ApplicationCommand);
const button = routeOf(
  { component_type: ComponentType.Button, custom_id: customIds.write(vote, {}, user) },
  InteractionType.MessageComponent,
);

function interaction(more: { roles?: string[]; permissions?: bigint; direct?: true } = {}): APIInteraction {
  const { roles = [], permissions = 0n, direct } = more;
  const who = { id: user, username: 'finn', global_name: null };
  const place = direct
    ? { user: who }
    : { guild_id: guildId, member: { user: who, roles, permissions: String(permissions) } };
  return {
    id: '1200000000000000000',
    channel: { id: '500000000000000001' },
    ...place,
  } as unknown as APIInteraction;
}

function settings(rules: Partial<GuildRules>): GuildSettings {
  const common = { locale: 'en-US', timeZone: 'UTC', logChannelId: null, accentColor: null, version: 1 };
  return { guildId, ...common, rules: { ...noRules, ...rules } };
}

const nobody = { has: () => Promise.resolve(false) };

/** The first objection, and what was counted until then. */
async function ask(
  route: Route,
  known: GuildSettings | undefined,
  asked = interaction(),
  verdict: Verdict = { kind: 'admitted' },
) {
  const uses: Use[] = [];
  const limiter = { take: (use: Use) => (uses.push(use), Promise.resolve(verdict)) };
  for (const gate of gates) {
    const call = {
      interaction: asked,
      route,
      settings: known,
      speech: speechFor([], 'UTC'),
      limiter,
      owners: nobody,
      features: [fish, base],
    };
    const problem = await gate(call);
    if (problem !== undefined) return { problem, uses };
  }
  return { problem: undefined, uses };
}

describe('the rules of a guild', () => {
  test('a family that is off takes its commands, buttons and modals with it', async () => {
    const off = settings({ families: { fish: false, base: false } });
    for (const route of [command('cast'), button]) {
      const { problem, uses } = await ask(route, off);
      assert.equal(problem?.problem, 'familyOff');
      assert.deepEqual(uses, [], 'what is refused uses nothing up');
    }
    assert.equal((await ask(command('always'), off)).problem, undefined);
  });

  test('a command that is off is off for staff too; its family and what is always on are not', async () => {
    const off = settings({ commands: { cast: { enabled: false }, always: { enabled: false } } });
    const staff = interaction({ permissions: PermissionFlagsBits.ManageGuild });
    assert.equal((await ask(command('cast'), off, staff)).problem?.problem, 'commandOff');
    for (const route of [command('haul'), command('always'), button])
      assert.equal((await ask(route, off)).problem, undefined, route.label);
  });

  test('one of the roles is needed, or Manage Server', async () => {
    const only = settings({ commands: { cast: { roleIds: [role] } } });
    assert.equal((await ask(command('cast'), only)).problem?.problem, 'roles');
    const allowed = [
      { roles: [role] },
      { permissions: PermissionFlagsBits.ManageGuild },
      { permissions: PermissionFlagsBits.Administrator },
    ];
    for (const who of allowed)
      assert.equal((await ask(command('cast'), only, interaction(who))).problem, undefined);
    for (const roleIds of [[], [guildId]]) {
      const everybody = settings({ commands: { cast: { roleIds } } });
      assert.equal((await ask(command('cast'), everybody)).problem, undefined);
    }
  });

  test('without the settings they do not bind', async () => {
    assert.equal((await ask(command('cast'), undefined)).problem, undefined);
  });
});

describe('limits', () => {
  test('each kind has some by itself; a definition has its own, or none', () => {
    const quotas = (route: Route) => useOf(route, interaction(), undefined).quotas;
    assert.deepEqual(quotas(command('cast')), [{ subject: `cast:user:${user}`, times: 5, withinMs: 10_000 }]);
    assert.deepEqual(quotas(button), [{ subject: `fish.vote:user:${user}`, times: 20, withinMs: 10_000 }]);
    assert.deepEqual(quotas(command('look')), []);
    const haul = useOf(command('haul'), interaction(), undefined);
    assert.deepEqual(
      haul.quotas.map(({ subject }) => subject),
      [`haul:guild:${guildId}`, 'haul:channel:500000000000000001'],
    );
    assert.equal(haul.needsRedis, true);
    const direct = useOf(command('haul'), interaction({ direct: true }), undefined);
    assert.equal(direct.quotas[0]?.subject, 'haul:channel:500000000000000001');
  });

  test('the cooldown of a guild comes on top, for its members alone', () => {
    const slow = settings({ commands: { cast: { cooldownSec: 30 } } });
    const { quotas } = useOf(command('cast'), interaction(), slow);
    assert.equal(quotas.length, 2);
    assert.deepEqual(quotas[1], { subject: `in:${guildId}:user:${user}`, times: 1, withinMs: 30_000 });
  });

  test('the answer says when it works again, by the clock of Discord', async () => {
    const { problem } = await ask(command('cast'), undefined, interaction(), {
      kind: 'limited',
      waitMs: 2_500,
    });
    assert.equal(problem?.problem, 'cooldown');
    assert.deepEqual('values' in problem && problem.values, { when: verbatim('<t:1706172698:R>') });
    assert.equal(
      (await ask(command('haul'), undefined, interaction(), { kind: 'unknown' })).problem?.problem,
      'uncounted',
    );
  });
});

test('the permissions that our commands need are called as Discord does, in each language', () => {
  const needed = [...commandsOf(features), ...features.flatMap(({ components = [] }) => components)];
  const bits = needed.reduce((bits, { permissions = 0n }) => bits | permissions, 0n);
  const english = permissionNames(bits, speechFor([], 'UTC'));
  assert.match(english, /Manage Server/);
  for (const language of languages.filter((each) => each !== 'en'))
    assert.doesNotMatch(permissionNames(bits, speechFor([language], 'UTC')), /Manage|Send|View/, language);
});
