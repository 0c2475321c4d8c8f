import { randomBytes } from 'node:crypto';
import {
  AuditLogEvent,
  GatewayDispatchEvents,
  PermissionFlagsBits,
  type APIUser,
} from 'discord-api-types/v10';
import { discordErrors } from '../forms/discord-error.ts';
import { SnowflakeClock } from '../snowflake.ts';
import { differences, type Deed } from './audit-log.ts';
import type { WorldGuild } from './guild.ts';
import { inviteFields, isSpent, type WorldInvite } from './invite.ts';
import type { Stage } from './stage.ts';

const events = GatewayDispatchEvents;
const mostInvites = 1_000;

export type InviteStart = {
  readonly channelId: string;
  readonly inviter: APIUser;
  /** Seconds; 0 for ever. */
  readonly maxAge: number;
  /** 0 for any number. */
  readonly maxUses: number;
  readonly temporary: boolean;
};

/** Invites are told to bots that manage channels (events/gateway-events.mdx, Invite Create). */
export class InviteChanges {
  readonly #stage: Stage;
  /** Guild ids by code. */
  readonly #guilds = new Map<string, string>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** An invite that can be used; `undefined` for one that is unknown, expired or used up. */
  find(code: string): { readonly guild: WorldGuild; readonly invite: WorldInvite } | undefined {
    const guild = this.#stage.world.guild(this.#guilds.get(code) ?? '');
    const invite = guild?.invites.get(code);
    return guild && invite && !isSpent(invite, Date.now()) ? { guild, invite } : undefined;
  }

  create(guildId: string, start: InviteStart, deed: Deed): WorldInvite {
    const guild = this.#stage.guild(guildId);
    if (!guild.channels.some(({ id }) => id === start.channelId)) throw discordErrors.unknownChannel();
    this.#dropSpent(guild);
    if (guild.invites.size >= mostInvites) throw discordErrors.tooManyInvites(mostInvites);
    const code = randomBytes(6).toString('base64url').replaceAll(/[-_]/g, 'x');
    const invite = { ...start, code, createdAt: SnowflakeClock.nowIso(), uses: 0 };
    guild.overlay.invites.set(code, invite);
    this.#guilds.set(code, guildId);
    const { type: _, ...fields } = inviteFields(invite);
    this.#tell(guild, events.InviteCreate, { ...fields, channel_id: start.channelId });
    const changes = differences(undefined, logged(invite));
    this.#stage.log(guild, deed, { action: AuditLogEvent.InviteCreate, target: null, changes });
    return invite;
  }

  /** Somebody comes by the invite, which counts; that they become a member is another change. */
  use(code: string): WorldInvite {
    const { guild, invite } = this.#known(code);
    const used = { ...invite, uses: invite.uses + 1 };
    guild.overlay.invites.set(code, used);
    if (isSpent(used, Date.now())) this.#drop(guild, used);
    return used;
  }

  delete(code: string, deed: Deed): WorldInvite {
    const { guild, invite } = this.#known(code);
    this.#drop(guild, invite);
    const changes = differences(logged(invite), undefined);
    this.#stage.log(guild, deed, { action: AuditLogEvent.InviteDelete, target: null, changes });
    return invite;
  }

  #known(code: string): { readonly guild: WorldGuild; readonly invite: WorldInvite } {
    const known = this.find(code);
    if (!known) throw discordErrors.unknownInvite();
    return { ...known, guild: this.#stage.guild(known.guild.id) };
  }

  #dropSpent(guild: WorldGuild): void {
    for (const invite of guild.invites.values()) if (isSpent(invite, Date.now())) this.#drop(guild, invite);
  }

  #drop(guild: WorldGuild, { code, channelId }: WorldInvite): void {
    guild.overlay.invites.delete(code);
    this.#guilds.delete(code);
    this.#tell(guild, events.InviteDelete, { code, channel_id: channelId });
  }

  #tell(guild: WorldGuild, event: GatewayDispatchEvents, data: object): void {
    this.#stage.tellIfAllowed(guild, PermissionFlagsBits.ManageChannels, event, data);
  }
}

function logged({ code, channelId, inviter, maxAge, maxUses, temporary, uses }: WorldInvite): object {
  return {
    code,
    channel_id: channelId,
    inviter_id: inviter.id,
    max_age: maxAge,
    max_uses: maxUses,
    temporary,
    uses,
  };
}
