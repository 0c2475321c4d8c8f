import { GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';

const events = GatewayDispatchEvents;
const bits = GatewayIntentBits;

export const knownIntents = Object.values(bits)
  .filter((bit) => typeof bit === 'number')
  .reduce((all, bit) => all | bit, 0);

/** Events that a session receives only with one of these intents (events/gateway.mdx, List of Intents; guild events). */
const intentsOfEvent: ReadonlyMap<string, number> = new Map<string, number>([
  [events.GuildCreate, bits.Guilds],
  [events.GuildUpdate, bits.Guilds],
  [events.GuildDelete, bits.Guilds],
  [events.GuildRoleCreate, bits.Guilds],
  [events.GuildRoleUpdate, bits.Guilds],
  [events.GuildRoleDelete, bits.Guilds],
  [events.ChannelCreate, bits.Guilds],
  [events.ChannelUpdate, bits.Guilds],
  [events.ChannelDelete, bits.Guilds],
  [events.ChannelPinsUpdate, bits.Guilds],
  [events.ThreadCreate, bits.Guilds],
  [events.ThreadUpdate, bits.Guilds],
  [events.ThreadDelete, bits.Guilds],
  [events.ThreadListSync, bits.Guilds],
  [events.ThreadMemberUpdate, bits.Guilds],
  [events.ThreadMembersUpdate, bits.Guilds | bits.GuildMembers],
  [events.StageInstanceCreate, bits.Guilds],
  [events.StageInstanceUpdate, bits.Guilds],
  [events.StageInstanceDelete, bits.Guilds],
  [events.GuildMemberAdd, bits.GuildMembers],
  [events.GuildMemberUpdate, bits.GuildMembers],
  [events.GuildMemberRemove, bits.GuildMembers],
  [events.GuildAuditLogEntryCreate, bits.GuildModeration],
  [events.GuildBanAdd, bits.GuildModeration],
  [events.GuildBanRemove, bits.GuildModeration],
  [events.GuildEmojisUpdate, bits.GuildExpressions],
  [events.GuildStickersUpdate, bits.GuildExpressions],
  [events.GuildIntegrationsUpdate, bits.GuildIntegrations],
  [events.IntegrationCreate, bits.GuildIntegrations],
  [events.IntegrationUpdate, bits.GuildIntegrations],
  [events.IntegrationDelete, bits.GuildIntegrations],
  [events.WebhooksUpdate, bits.GuildWebhooks],
  [events.GuildSoundboardSoundCreate, bits.GuildExpressions],
  [events.GuildSoundboardSoundUpdate, bits.GuildExpressions],
  [events.GuildSoundboardSoundDelete, bits.GuildExpressions],
  [events.GuildSoundboardSoundsUpdate, bits.GuildExpressions],
  [events.InviteCreate, bits.GuildInvites],
  [events.InviteDelete, bits.GuildInvites],
  [events.VoiceStateUpdate, bits.GuildVoiceStates],
  [events.VoiceChannelEffectSend, bits.GuildVoiceStates],
  [events.PresenceUpdate, bits.GuildPresences],
  [events.MessageCreate, bits.GuildMessages],
  [events.MessageUpdate, bits.GuildMessages],
  [events.MessageDelete, bits.GuildMessages],
  [events.MessageDeleteBulk, bits.GuildMessages],
  [events.MessageReactionAdd, bits.GuildMessageReactions],
  [events.MessageReactionRemove, bits.GuildMessageReactions],
  [events.MessageReactionRemoveAll, bits.GuildMessageReactions],
  [events.MessageReactionRemoveEmoji, bits.GuildMessageReactions],
  [events.TypingStart, bits.GuildMessageTyping],
  [events.GuildScheduledEventCreate, bits.GuildScheduledEvents],
  [events.GuildScheduledEventUpdate, bits.GuildScheduledEvents],
  [events.GuildScheduledEventDelete, bits.GuildScheduledEvents],
  [events.GuildScheduledEventUserAdd, bits.GuildScheduledEvents],
  [events.GuildScheduledEventUserRemove, bits.GuildScheduledEvents],
  [events.AutoModerationRuleCreate, bits.AutoModerationConfiguration],
  [events.AutoModerationRuleUpdate, bits.AutoModerationConfiguration],
  [events.AutoModerationRuleDelete, bits.AutoModerationConfiguration],
  [events.AutoModerationActionExecution, bits.AutoModerationExecution],
  [events.MessagePollVoteAdd, bits.GuildMessagePolls],
  [events.MessagePollVoteRemove, bits.GuildMessagePolls],
]);

/** The same for what happens in a direct message. */
const directIntentsOfEvent: ReadonlyMap<string, number> = new Map<string, number>([
  [events.ChannelPinsUpdate, bits.DirectMessages],
  [events.MessageCreate, bits.DirectMessages],
  [events.MessageUpdate, bits.DirectMessages],
  [events.MessageDelete, bits.DirectMessages],
  [events.MessageReactionAdd, bits.DirectMessageReactions],
  [events.MessageReactionRemove, bits.DirectMessageReactions],
  [events.MessageReactionRemoveAll, bits.DirectMessageReactions],
  [events.MessageReactionRemoveEmoji, bits.DirectMessageReactions],
  [events.TypingStart, bits.DirectMessageTyping],
  [events.MessagePollVoteAdd, bits.DirectMessagePolls],
  [events.MessagePollVoteRemove, bits.DirectMessagePolls],
]);

/** Where an event comes from. */
export type EventScope = 'guild' | 'direct';

/** Whether a session with these intents receives the event; an event without an intent goes to everyone. */
export function intentsAllow(intents: number, event: string, scope: EventScope): boolean {
  const needed = (scope === 'guild' ? intentsOfEvent : directIntentsOfEvent).get(event);
  return needed === undefined || (intents & needed) !== 0;
}
