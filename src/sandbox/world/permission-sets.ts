import { PermissionFlagsBits } from 'discord-api-types/v10';

const bits = PermissionFlagsBits;

export const allPermissions = Object.values(bits).reduce((all, bit) => all | bit, 0n);

/** What Discord grants @everyone in a new guild. */
export const everyonePermissions =
  bits.ViewChannel |
  bits.CreateInstantInvite |
  bits.ChangeNickname |
  bits.SendMessages |
  bits.SendMessagesInThreads |
  bits.CreatePublicThreads |
  bits.CreatePrivateThreads |
  bits.EmbedLinks |
  bits.AttachFiles |
  bits.AddReactions |
  bits.UseExternalEmojis |
  bits.UseExternalStickers |
  bits.ReadMessageHistory |
  bits.SendTTSMessages |
  bits.SendVoiceMessages |
  bits.SendPolls |
  bits.UseApplicationCommands |
  bits.UseEmbeddedActivities |
  bits.Connect |
  bits.Speak |
  bits.Stream |
  bits.UseVAD |
  bits.UseSoundboard |
  bits.RequestToSpeak;

export const adminPermissions = bits.Administrator;

export const moderatorPermissions =
  bits.ManageGuild | bits.ManageMessages | bits.KickMembers | bits.BanMembers | bits.ModerateMembers;

/** What the bot's own managed role carries: enough for moderation, not Administrator. */
export const botPermissions =
  bits.ViewChannel |
  bits.SendMessages |
  bits.EmbedLinks |
  bits.AttachFiles |
  bits.ReadMessageHistory |
  bits.AddReactions |
  bits.SendMessagesInThreads |
  bits.CreatePublicThreads |
  bits.CreatePrivateThreads |
  bits.CreateInstantInvite |
  bits.ManageMessages |
  bits.ManageThreads |
  bits.ManageChannels |
  bits.ManageRoles |
  bits.ManageNicknames |
  bits.KickMembers |
  bits.BanMembers |
  bits.ModerateMembers |
  bits.ViewAuditLog;
