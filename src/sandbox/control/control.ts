import type { Hono } from 'hono';
import type { Driver } from '../driver/driver.ts';
import { Refusal } from '../driver/refusal.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { World } from '../world/world.ts';
import * as faultCalls from './faults.ts';
import { listGuilds } from './guilds.ts';
import { autocomplete } from './autocomplete.ts';
import { submitModal, useComponent } from './answers.ts';
import { lookAtInteraction, runCommand } from './interactions.ts';
import { serveEndpoints } from './serve.ts';
import { listSessions } from './sessions.ts';
import { guildSight, sessionsSight } from './sights.ts';

export type ControlParts = {
  readonly world: World;
  readonly gateway: Gateway;
  readonly driver: Driver;
  readonly shards: number;
  readonly faults: { restDelayMs: number };
};

/** The sandbox's own API: simulated members, what is connected, and faults; `/openapi.json` describes it. */
export function controlApi({ world, gateway, driver, shards, faults }: ControlParts): Hono {
  return serveEndpoints((serve) => {
    serve(listGuilds, ({ limit, after }) => {
      const guilds = world.guildIds(limit, after).flatMap((id) => world.guild(id) ?? []);
      return guilds.map((guild) => guildSight(guild, shards));
    });
    serve(listSessions, () => sessionsSight(gateway.report()));
    serve(lookAtInteraction, ({ id }) => {
      const sight = driver.look(id);
      if (!sight) throw new Refusal(`there is no interaction ${id}`, 404);
      return sight;
    });
    serve(runCommand, (form) => driver.runCommand(form));
    serve(autocomplete, (form) => driver.autocomplete(form));
    serve(useComponent, (form) => driver.useComponent(form));
    serve(submitModal, (form) => driver.submitModal(form));

    serve(faultCalls.dispatch, ({ guild_id, event, data }) => {
      const sessions =
        guild_id === null
          ? gateway.dispatchDirect(event, data ?? null)
          : gateway.dispatchToGuild(guild_id, event, data ?? null);
      return { sessionIds: sessions.map((session) => session.id) };
    });
    serve(faultCalls.dropConnections, () => ({ dropped: gateway.dropConnections() }));
    serve(faultCalls.reconnect, () => ({ asked: gateway.reconnect() }));
    serve(faultCalls.invalidateSessions, ({ resumable }) => ({
      invalidated: gateway.invalidateSessions(resumable),
    }));
    serve(faultCalls.revokeToken, ({ gateway_only }) => {
      gateway.revokeToken(gateway_only);
      return {};
    });
    serve(faultCalls.delayRest, ({ ms }) => {
      faults.restDelayMs = ms;
      return {};
    });
  });
}
