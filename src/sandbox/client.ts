import type { APIMessage } from 'discord-api-types/v10';
import { submitModal, useComponent } from './control/answers.ts';
import { autocomplete, type AutocompleteSight } from './control/autocomplete.ts';
import { call } from './control/call.ts';
import { deleteChat, editChat, postChat, react, readChannel } from './control/chat.ts';
import * as faultCalls from './control/faults.ts';
import { listGuildChannels, type ChannelSight } from './control/guild-channels.ts';
import { listGuildCommands, type CommandSight } from './control/guild-commands.ts';
import type { FaultRequest } from './control/fault-forms.ts';
import type { FaultSight } from './control/faults.ts';
import { listGuilds, type GuildSight } from './control/guilds.ts';
import {
  lookAtInteraction,
  runCommand,
  type FileForm,
  type InteractionSight,
} from './control/interactions.ts';
import { load, type LoadReport, type LoadRequest } from './control/load.ts';
import { searchMembers, type MemberSight } from './control/member-search.ts';
import { readReport, resetReport, type Report } from './control/report.ts';
import {
  listScenarios,
  runningScenarios,
  startScenario,
  stopScenarios,
  type ScenarioSight,
  type StartScenarioRequest,
} from './control/scenarios.ts';
import {
  memberMessage,
  runCommandRequest,
  autocompleteRequest,
  useComponentRequest,
  submitModalRequest,
  type Autocomplete,
  type MemberMessage,
  type RunCommand,
  type SubmitModal,
  type UseComponent,
} from './client-requests.ts';
import { peopleClient, type PeopleClient } from './people-client.ts';
import { listSessions, type SessionsSight } from './control/sessions.ts';

export type {
  Autocomplete,
  MemberMessage,
  RunCommand,
  SubmitModal,
  UseComponent,
} from './client-requests.ts';
export type { AutocompleteSight } from './control/autocomplete.ts';
export type { ChannelSight } from './control/guild-channels.ts';
export type { CommandSight } from './control/guild-commands.ts';
export type { MemberSight } from './control/member-search.ts';
export type { FaultRequest } from './control/fault-forms.ts';
export type { FaultSight } from './control/faults.ts';
export type { GuildSight } from './control/guilds.ts';
export type { FileForm, InteractionSight, MessageSight } from './control/interactions.ts';
export type { LoadReport } from './control/load.ts';
export type { Report } from './control/report.ts';
export type { ScenarioSight, StartScenarioRequest } from './control/scenarios.ts';
export type { PeopleClient } from './people-client.ts';
export type { SessionsSight } from './control/sessions.ts';

/**
 * The sandbox's control API, for the demo and for tests. Every method throws an `Error` with the sandbox's own words
 * when it refuses, for instance a command that Discord's client would not have let the member run.
 */
export type SandboxClient = {
  /** What people other than the bot do in their guilds. */
  readonly people: PeopleClient;
  /** The oldest guilds first; `limit` is at most 1,000 (default 100). */
  guilds(page?: { readonly limit?: number; readonly after?: string }): Promise<readonly GuildSight[]>;
  /** Runs a slash command as a member and resolves with what they see once it is answered, failed, or `waitMs` passed. */
  runCommand(run: RunCommand): Promise<InteractionSight>;
  /** What the bot offers for an option that is being typed. */
  autocomplete(typed: Autocomplete): Promise<AutocompleteSight>;
  /** Presses a button or chooses in a select menu; resolves as `runCommand` does. */
  useComponent(use: UseComponent): Promise<InteractionSight>;
  /** Fills in the modal that answered an interaction, as the member who was shown it. */
  submitModal(submission: SubmitModal): Promise<InteractionSight>;
  /** What the member sees by now of an interaction, with follow-ups that came after its answer. */
  interaction(id: string): Promise<InteractionSight>;
  /** Members run a command at a steady rate, whatever becomes of it; resolves once every interaction was answered or failed. */
  load(request: LoadRequest): Promise<LoadReport>;
  /** The scenarios that can be started by name. */
  scenarios(): Promise<
    readonly { readonly name: string; readonly title: string; readonly totalMs: number }[]
  >;
  /** Starts a scenario by its name or by its plan; it ends by itself. */
  startScenario(request: StartScenarioRequest): Promise<ScenarioSight>;
  /** Stops one, or all that run; resolves with how many there were. */
  stopScenarios(id?: number): Promise<number>;
  /** Those that run, and the latest that ended, with their figures. */
  runningScenarios(): Promise<readonly ScenarioSight[]>;
  /** The commands that a member's client offers, in a channel where one is named; by default the guild's ordinary member's. */
  commands(guildId: string, userId?: string, channelId?: string): Promise<readonly CommandSight[]>;
  /** The channels and open threads that a member's client lists. */
  channels(guildId: string, userId: string): Promise<readonly ChannelSight[]>;
  /** Members whose user name or nickname begins with `query`; at most `limit` (default 25). */
  members(
    guildId: string,
    search?: { readonly query?: string; readonly limit?: number },
  ): Promise<readonly MemberSight[]>;
  /** A channel as a member sees it, the newest message first. */
  messages(
    channelId: string,
    userId: string,
    page?: { readonly limit?: number; readonly before?: string },
  ): Promise<readonly APIMessage[]>;
  /** A member chats; the content may be empty beside files. */
  chat(message: {
    readonly channelId: string;
    readonly userId: string;
    readonly content?: string;
    readonly files?: readonly FileForm[];
    readonly replyTo?: string;
  }): Promise<APIMessage>;
  /** A member changes the text of a message of their own. */
  editChat(edit: MemberMessage & { readonly content: string }): Promise<APIMessage>;
  /** A member deletes a message of their own, or, who may manage messages, anybody's. */
  deleteChat(message: MemberMessage): Promise<void>;
  /** A member reacts to a message, or takes it back. */
  react(reaction: {
    readonly channelId: string;
    readonly messageId: string;
    readonly userId: string;
    readonly emoji: string;
    readonly remove?: boolean;
  }): Promise<void>;
  sessions(): Promise<SessionsSight>;
  /**
   * What went wrong since `since` (milliseconds since 1970; default: the latest reset, else the start). `lost` holds every
   * interaction that a simulated member sent since then and whose 3 s passed without an accepted callback, whether or not
   * its shard was connected. What was younger than 3 s when its shard was back has a `backAfterMs` that is not null.
   */
  report(since?: number): Promise<Report>;
  /** A report that names no time begins here from now on. */
  resetReport(): Promise<void>;
  /**
   * Sends any event to the sessions of the guild's shard, as far as their intents allow it; resolves with the ids of
   * them all. A guild of `null` is a direct message: shard 0.
   */
  dispatch(guildId: string | null, event: string, data: unknown): Promise<readonly string[]>;
  /** Switches a fault on; resolves with it and the number of connections that it concerned at once. */
  switchOn(fault: FaultRequest): Promise<{ readonly fault: FaultSight; readonly affected: number }>;
  /** The faults that are switched on. */
  faults(): Promise<readonly FaultSight[]>;
  /** Switches one off. */
  clearFault(id: number): Promise<void>;
  /** Switches all off; resolves with their number. */
  clearFaults(): Promise<number>;
  /** Drops every gateway socket without a close frame; resolves with their number. */
  dropConnections(): Promise<number>;
  /** Asks every client that has a session to reconnect (op 7); resolves with their number. */
  reconnect(): Promise<number>;
  /** Op 9 to every client that has a session; resolves with their number. Sessions that are not resumable end. */
  invalidateSessions(options: { readonly resumable: boolean }): Promise<number>;
  /** Sessions end with 4004 and the token is refused from now on; with `gatewayOnly` REST goes on accepting it. */
  revokeToken(options?: { readonly gatewayOnly?: boolean }): Promise<void>;
  /** Makes every REST request wait; 0 ends it. */
  delayRest(ms: number): Promise<void>;
};

export function sandboxClient(controlUrl: string): SandboxClient {
  const url = controlUrl;
  return {
    people: peopleClient(url),
    guilds: (page = {}) => call(url, listGuilds, page),
    runCommand: (run) => call(url, runCommand, runCommandRequest(run)),
    load: (request) => call(url, load, request),
    autocomplete: (typed) => call(url, autocomplete, autocompleteRequest(typed)),
    useComponent: (use) => call(url, useComponent, useComponentRequest(use)),
    submitModal: (submission) => call(url, submitModal, submitModalRequest(submission)),
    interaction: (id) => call(url, lookAtInteraction, { id }),
    scenarios: () => call(url, listScenarios, {}),
    startScenario: (request) => call(url, startScenario, request),
    stopScenarios: async (id) => (await call(url, stopScenarios, id === undefined ? {} : { id })).stopped,
    runningScenarios: () => call(url, runningScenarios, {}),
    commands: (guildId, userId, channelId) =>
      call(url, listGuildCommands, { guild_id: guildId, user_id: userId, channel_id: channelId }),
    channels: (guildId, userId) => call(url, listGuildChannels, { guild_id: guildId, user_id: userId }),
    members: (guildId, search = {}) => call(url, searchMembers, { guild_id: guildId, ...search }),
    messages: (channelId, userId, page = {}) =>
      call(url, readChannel, { channel_id: channelId, user_id: userId, ...page }),
    chat: ({ channelId, userId, content, files, replyTo }) =>
      call(url, postChat, {
        channel_id: channelId,
        user_id: userId,
        content,
        files: files && [...files],
        reply_to: replyTo,
      }),
    editChat: ({ content, ...message }) => call(url, editChat, { ...memberMessage(message), content }),
    deleteChat: async (message) => {
      await call(url, deleteChat, memberMessage(message));
    },
    react: async ({ channelId, messageId, userId, emoji, remove }) => {
      await call(url, react, {
        channel_id: channelId,
        message_id: messageId,
        user_id: userId,
        emoji,
        remove,
      });
    },
    sessions: () => call(url, listSessions, {}),
    report: (since) => call(url, readReport, { since }),
    resetReport: async () => {
      await call(url, resetReport, {});
    },
    dispatch: async (guildId, event, data) =>
      (await call(url, faultCalls.dispatch, { guild_id: guildId, event, data })).sessionIds,
    switchOn: (fault) => call(url, faultCalls.switchOnFault, fault),
    faults: () => call(url, faultCalls.listFaults, {}),
    clearFault: async (id) => {
      await call(url, faultCalls.clearFault, { id });
    },
    clearFaults: async () => (await call(url, faultCalls.clearFaults, {})).cleared,
    dropConnections: async () => (await call(url, faultCalls.dropConnections, {})).dropped,
    reconnect: async () => (await call(url, faultCalls.reconnect, {})).asked,
    invalidateSessions: async (options) =>
      (await call(url, faultCalls.invalidateSessions, options)).invalidated,
    revokeToken: async ({ gatewayOnly = false } = {}) => {
      await call(url, faultCalls.revokeToken, { gateway_only: gatewayOnly });
    },
    delayRest: async (ms) => {
      await call(url, faultCalls.delayRest, { ms });
    },
  };
}
