import { Hono, type Context } from 'hono';
import type { z } from 'zod';
import type { Driver } from '../driver/driver.ts';
import { Refusal } from '../driver/refusal.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Load } from '../people/load.ts';
import type { World } from '../world/world.ts';
import {
  delayRestForm,
  dispatchForm,
  guildsQuery,
  loadForm,
  invalidateSessionsForm,
  revokeTokenForm,
  runCommandForm,
} from './contract.ts';
import { guildSight, sessionsSight } from './sights.ts';

export type ControlParts = {
  readonly world: World;
  readonly gateway: Gateway;
  readonly driver: Driver;
  readonly load: Load;
  readonly shards: number;
  readonly faults: { restDelayMs: number };
};

/** The sandbox's own API: simulated members, what is connected, and faults. An error is `{ error }` with status 400. */
export function controlApi({ world, gateway, driver, load, shards, faults }: ControlParts): Hono {
  const api = new Hono();
  api.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.message }, 400);
    throw error;
  });

  api.get('/guilds', (c) => {
    const { limit, after } = read(guildsQuery, c.req.query());
    const guilds = world.guildIds(limit, after).flatMap((id) => world.guild(id) ?? []);
    return c.json(guilds.map((guild) => guildSight(guild, shards)));
  });
  api.get('/sessions', (c) => c.json(sessionsSight(gateway.report())));
  api.get('/interactions/:id', (c) => {
    const sight = driver.look(c.req.param('id'));
    return sight ? c.json(sight) : c.json({ error: `there is no interaction ${c.req.param('id')}` }, 404);
  });
  api.post('/commands', async (c) => c.json(await driver.runCommand(await readJson(c, runCommandForm))));
  api.post('/load', async (c) => c.json(await load.run(await readJson(c, loadForm))));
  api.post('/dispatch', async (c) => {
    const { guild_id, event, data } = await readJson(c, dispatchForm);
    const sessions =
      guild_id === null
        ? gateway.dispatchDirect(event, data ?? null)
        : gateway.dispatchToGuild(guild_id, event, data ?? null);
    return c.json({ sessionIds: sessions.map((session) => session.id) });
  });
  api.post('/drop-connections', (c) => c.json({ dropped: gateway.dropConnections() }));
  api.post('/reconnect', (c) => c.json({ asked: gateway.reconnect() }));
  api.post('/invalidate-sessions', async (c) => {
    const { resumable } = await readJson(c, invalidateSessionsForm);
    return c.json({ invalidated: gateway.invalidateSessions(resumable) });
  });
  api.post('/revoke-token', async (c) => {
    const { gateway_only } = await readJson(c, revokeTokenForm);
    gateway.revokeToken(gateway_only);
    return c.json({});
  });
  api.post('/delay-rest', async (c) => {
    faults.restDelayMs = (await readJson(c, delayRestForm)).ms;
    return c.json({});
  });
  return api;
}

async function readJson<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  const body: unknown = await c.req.json().catch(() => {
    throw new Refusal('the body must be JSON');
  });
  return read(schema, body);
}

function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(
    parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
  );
}
