import type { Hono } from 'hono';
import type { CommandRegistry } from '../commands/command-registry.ts';
import type { Chat } from '../driver/chat.ts';
import type { Driver } from '../driver/driver.ts';
import { channelsSeen } from '../driver/channels-seen.ts';
import { mayUseCommands } from '../driver/chosen-command.ts';
import { channelOf, guildOf } from '../driver/people.ts';
import { Refusal } from '../driver/refusal.ts';
import { findMember } from '../driver/scene.ts';
import { visibleCommands } from '../driver/visible-commands.ts';
import type { Faults } from '../faults/faults.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { Load } from '../people/load.ts';
import type { Scenarios } from '../people/scenarios.ts';
import type { Recorder } from '../recorder/recorder.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { deleteChat, editChat, postChat, react, readChannel } from './chat.ts';
import * as faultCalls from './faults.ts';
import { listGuildChannels } from './guild-channels.ts';
import { listGuildCommands } from './guild-commands.ts';
import { listGuilds } from './guilds.ts';
import { autocomplete } from './autocomplete.ts';
import { submitModal, useComponent } from './answers.ts';
import { lookAtInteraction, runCommand } from './interactions.ts';
import { load } from './load.ts';
import { searchMembers } from './member-search.ts';
import { feed } from './feed.ts';
import { readReport, resetReport } from './report.ts';
import { makeReport, type ReportRules } from '../recorder/report.ts';
import { listScenarios, runningScenarios, startScenario, stopScenarios } from './scenarios.ts';
import { serveFeed } from './serve-feed.ts';
import { servePeople } from './serve-people.ts';
import { serveEndpoints } from './serve.ts';
import { listSessions } from './sessions.ts';
import { commandSight, faultSight, guildSight, memberSight, sessionsSight } from './sights.ts';

export type ControlParts = {
  readonly world: World;
  readonly gateway: Gateway;
  readonly driver: Driver;
  readonly people: Load;
  readonly scenarios: Scenarios;
  readonly moderation: Moderation;
  readonly chat: Chat;
  readonly registry: CommandRegistry;
  readonly shards: number;
  readonly recorder: Recorder;
  readonly rules: ReportRules;
  readonly faults: Faults;
};

/** The sandbox's own API: simulated members, what is connected, and faults; `/openapi.json` describes it. */
export function controlApi(parts: ControlParts): Hono {
  const { world, gateway, driver, chat, people, scenarios, registry, shards, recorder, rules, faults } =
    parts;
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
    serve(feed, (filter, c) => serveFeed(c, recorder.feed, filter));
    serve(readReport, ({ since }) => makeReport(recorder, rules, since));
    serve(resetReport, () => ({ since: recorder.mark() }));
    serve(runCommand, (form) => driver.runCommand(form));
    servePeople(serve, parts.moderation);
    serve(load, (form) => people.run(form));
    serve(listScenarios, () => scenarios.list());
    serve(startScenario, (form) => scenarios.start(form));
    serve(stopScenarios, ({ id }) => ({ stopped: scenarios.stop(id) }));
    serve(runningScenarios, () => scenarios.running());
    serve(autocomplete, (form) => driver.autocomplete(form));
    serve(useComponent, (form) => driver.useComponent(form));
    serve(submitModal, (form) => driver.submitModal(form));

    serve(listGuildCommands, ({ guild_id, user_id, channel_id }) => {
      const guild = guildOf(world, guild_id);
      const channel = channel_id === undefined ? undefined : channelOf(guild, channel_id);
      const permissions = permissionsIn(guild, findMember(guild, user_id), channel);
      return mayUseCommands(permissions)
        ? visibleCommands(registry, guild_id, permissions).map(commandSight)
        : [];
    });
    serve(listGuildChannels, ({ guild_id, user_id }) => {
      const guild = guildOf(world, guild_id);
      return channelsSeen(guild, findMember(guild, user_id));
    });
    serve(searchMembers, ({ guild_id, query, limit }) => {
      const { members } = guildOf(world, guild_id);
      const byId = members.get(query);
      if (byId) return [memberSight(byId)];
      return (query === '' ? members.first(limit) : members.search(query, limit)).map(memberSight);
    });
    serve(readChannel, (form) => chat.read(form));
    serve(postChat, (form) => chat.post(form));
    serve(editChat, (form) => chat.edit(form));
    serve(deleteChat, (form) => {
      chat.delete(form);
      return {};
    });
    serve(react, (form) => {
      chat.react(form);
      return {};
    });

    serve(faultCalls.dispatch, ({ guild_id, event, data }) => {
      const sessions =
        guild_id === null
          ? gateway.dispatchDirect(event, data ?? null)
          : gateway.dispatchToGuild(guild_id, event, data ?? null);
      return { sessionIds: sessions.map((session) => session.id) };
    });
    serve(faultCalls.dropConnections, () => ({
      dropped: faults.switchOn({ kind: 'drop-connections' }).affected,
    }));
    serve(faultCalls.reconnect, () => ({ asked: faults.switchOn({ kind: 'reconnect' }).affected }));
    serve(faultCalls.invalidateSessions, ({ resumable }) => ({
      invalidated: faults.switchOn({ kind: 'invalidate-sessions', resumable }).affected,
    }));
    serve(faultCalls.revokeToken, ({ gateway_only }) => {
      faults.switchOn({ kind: 'revoke-token', gateway_only });
      return {};
    });
    serve(faultCalls.delayRest, ({ ms }) => {
      faults.delayRest(ms);
      return {};
    });
    serve(faultCalls.switchOnFault, (form) => {
      const { fault, affected } = faults.switchOn(form);
      return { fault: faultSight(fault), affected };
    });
    serve(faultCalls.listFaults, () => faults.all().map(faultSight));
    serve(faultCalls.clearFault, ({ id }) => {
      if (!faults.clear(id)) throw new Refusal(`there is no fault ${id}; it may have ended by itself`, 404);
      return {};
    });
    serve(faultCalls.clearFaults, () => ({ cleared: faults.clearAll() }));
  });
}
