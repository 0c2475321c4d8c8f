import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { commandForm } from '../commands/command-form.ts';
import type { CommandRegistry } from '../commands/command-registry.ts';
import { commandView } from '../commands/command-view.ts';
import { discordErrors } from '../forms/discord-error.ts';
import { readForm } from '../forms/form.ts';
import type { World } from '../world/world.ts';
import { readBody } from './body.ts';

const bulkForm = z.array(commandForm);

/** Routes below `/applications/:application/commands` and `/applications/:application/guilds/:guild/commands`. */
export function applicationCommands(registry: CommandRegistry, world: World): Hono {
  const routes = new Hono();
  for (const base of ['/commands', '/guilds/:guild/commands']) {
    routes.get(base, (c) => {
      const withLocalizations = c.req.query('with_localizations') === 'true';
      return c.json(registry.list(scopeOf(c, world)).map((each) => commandView(each, withLocalizations)));
    });
    routes.put(base, async (c) => {
      const scope = scopeOf(c, world);
      const commands = registry.overwrite(scope, readForm(bulkForm, await readBody(c)));
      return c.json(commands.map((each) => commandView(each, true)));
    });
    routes.post(base, async (c) => {
      const scope = scopeOf(c, world);
      const { command, isNew } = registry.create(scope, readForm(commandForm, await readBody(c)));
      return c.json(commandView(command, true), isNew ? 201 : 200);
    });
    routes.get(`${base}/:command`, (c) =>
      c.json(commandView(registry.get(scopeOf(c, world), idOf(c)), true)),
    );
    routes.patch(`${base}/:command`, async (c) => {
      const scope = scopeOf(c, world);
      const previous = registry.get(scope, idOf(c));
      const changes = z
        .record(z.string(), z.unknown())
        .catch({})
        .parse(await readBody(c));
      const form = readForm(commandForm, { ...previous, ...changes, type: previous.type });
      return c.json(commandView(registry.edit(scope, previous.id, form), true));
    });
    routes.delete(`${base}/:command`, (c) => {
      registry.delete(scopeOf(c, world), idOf(c));
      return c.body(null, 204);
    });
  }
  return routes;
}

/** The guild of the path, `undefined` for global commands; throws where the bot is not in that guild. */
function scopeOf(c: Context, world: World): string | undefined {
  const guildId = c.req.param('guild');
  if (guildId !== undefined && !world.guild(guildId)) throw discordErrors.missingAccess();
  return guildId;
}

function idOf(c: Context): string {
  return c.req.param('command') ?? '';
}
