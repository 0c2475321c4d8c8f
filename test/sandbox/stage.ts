import assert from 'node:assert/strict';
import type { APIUser } from 'discord-api-types/v10';
import { SnowflakeClock } from '../../src/sandbox/snowflake.ts';
import { WorldChanges } from '../../src/sandbox/world/changes.ts';
import type { WorldGuild } from '../../src/sandbox/world/guild.ts';
import type { WorldMember } from '../../src/sandbox/world/member.ts';
import { World } from '../../src/sandbox/world/world.ts';

export const botUser: APIUser = {
  id: '661424000000000001',
  username: 'bot',
  discriminator: '0',
  global_name: null,
  avatar: null,
  bot: true,
};

export type Told = { readonly guildId: string; readonly event: string; readonly data: unknown };

/** A world without a gateway: its first guild, the people in it, and all events that its changes would dispatch. */
export class TestStage {
  readonly world: World;
  readonly changes: WorldChanges;
  readonly guildId: string;
  readonly told: Told[] = [];

  constructor(guilds = 8) {
    this.world = new World({ seed: 1, guilds, botUser });
    this.changes = new WorldChanges(this.world, new SnowflakeClock(), (guildId, event, data) =>
      this.told.push({ guildId, event, data }),
    );
    this.guildId = this.world.guildIds(1)[0] ?? '';
  }

  get guild(): WorldGuild {
    const guild = this.world.guild(this.guildId);
    assert.ok(guild);
    return guild;
  }

  person(kind: WorldMember['kind']): WorldMember {
    const member = this.guild.members.first(3).find((each) => each.kind === kind);
    assert.ok(member, kind);
    return member;
  }

  /** What was dispatched since the last call, audit log entries apart. */
  events(): [string, Record<string, unknown>][] {
    return this.told
      .splice(0)
      .filter(({ event }) => event !== 'GUILD_AUDIT_LOG_ENTRY_CREATE')
      .map(({ event, data }) => [event, data as Record<string, unknown>]);
  }

  /** The names of these events alone. */
  eventNames(): string[] {
    return this.events().map(([event]) => event);
  }
}
