import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diffCommands, type CommandBody } from '../../src/discord/command-registration.ts';
import { commandsOf, features } from '../../src/features/features.ts';
import { commandBody } from '../../src/features/registration.ts';

const ours = commandsOf(features).map((command) => commandBody(command));
const names = ours.map(({ name }) => name);

/** The way Discord gives a command back: with ids and defaults of its own, without what is empty or false. */
function asDiscord(body: CommandBody): { readonly name: string } {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(
      ([, item]) => item !== false && !(Array.isArray(item) && item.length === 0),
    );
    return Object.fromEntries(kept.map(([key, item]) => [key, strip(item)]));
  };
  const extra = {
    id: '175928847299117063',
    version: '1',
    nsfw: false,
    dm_permission: true,
    name_localizations: null,
  };
  return { ...(strip(body) as { readonly name: string }), ...extra };
}

const nothing = { added: [], changed: [], removed: [] };

describe('the difference between our commands and those that Discord has', () => {
  test('what Discord gives back is no difference', () => {
    assert.deepEqual(diffCommands(ours, ours.map(asDiscord)), nothing);
  });

  test('new and removed commands', () => {
    assert.deepEqual(diffCommands(ours, []), { ...nothing, added: names });
    assert.deepEqual(diffCommands([], ours.map(asDiscord)), {
      ...nothing,
      removed: names,
    });
  });

  for (const [what, change] of Object.entries<(body: CommandBody) => CommandBody>({
    'a description': (body) => ({ ...body, description: 'Another' }),
    'a permission': (body) => ({ ...body, default_member_permissions: '8' }),
    'a dropped permission': (body) => ({ ...body, default_member_permissions: null }),
    'where it is offered': (body) => ({ ...body, contexts: [1] }),
    'a dropped option': (body) => ({ ...body, options: [] }),
    'a choice': (body) => JSON.parse(JSON.stringify(body).replace('Deutsch', 'German')) as CommandBody,
    'a limit that is gone': (body) =>
      JSON.parse(JSON.stringify(body).replace(',"max_length":64', '')) as CommandBody,
  })) {
    test(`${what} is a change`, () => {
      const changed = ours.map((body) => (body.name === 'settings' ? change(body) : body));
      assert.deepEqual(diffCommands(changed, ours.map(asDiscord)), { ...nothing, changed: ['settings'] });
    });
  }
});
