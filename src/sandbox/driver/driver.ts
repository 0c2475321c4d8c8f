import { GatewayDispatchEvents } from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { CommandRegistry } from '../commands/command-registry.ts';
import type { InteractionSight, RunCommandForm } from '../control/interactions.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import type { WorldChannel, WorldGuild } from '../world/guild.ts';
import type { World } from '../world/world.ts';
import { checkVisible, chooseCommand, forceCommand } from './chosen-command.ts';
import { interactionPayload, type Invocation } from './interaction-payload.ts';
import { checkedValues, forcedValues } from './option-values.ts';
import { guildOf, memberOf } from './people.ts';
import { Refusal } from './refusal.ts';
import { sightOf } from './sight.ts';

export type DriverParts = {
  readonly account: Account;
  readonly world: World;
  readonly gateway: Gateway;
  readonly registry: CommandRegistry;
  readonly interactions: Interactions;
  readonly ids: SnowflakeClock;
};

/** Lets simulated members run slash commands. They know what the bot registered, and nothing else of it. */
export class Driver {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /**
   * Runs the command and resolves with what the member sees once there is an answer, once 3 s passed without one,
   * or, when it was deferred, after `wait_ms`. Throws `Refusal` for what Discord's client would not send.
   */
  async runCommand(form: RunCommandForm): Promise<InteractionSight> {
    const { account, gateway, interactions } = this.#parts;
    const invocation = this.#invocation(form);
    const { guild, channel, member, chosen } = invocation;
    const interaction = interactions.open({
      applicationId: account.applicationId,
      guildId: guild.id,
      channelId: channel.id,
      user: member.user,
      commandName: [chosen.name, ...chosen.path.map((step) => step.name)].join(' '),
    });
    const payload = interactionPayload(interaction, invocation);
    const sessions =
      form.shard_id === undefined
        ? gateway.dispatchToGuild(guild.id, GatewayDispatchEvents.InteractionCreate, payload)
        : gateway.dispatchToShard(form.shard_id, GatewayDispatchEvents.InteractionCreate, payload);
    interaction.shardId = sessions.find((session) => session.connected)?.shardId ?? null;
    await interaction.settled(form.wait_ms);
    return sightOf(interaction);
  }

  /** What the member sees by now of an interaction; `undefined` for one that is unknown or forgotten. */
  look(interactionId: string): InteractionSight | undefined {
    const interaction = this.#parts.interactions.find(interactionId);
    return interaction && sightOf(interaction);
  }

  #invocation(form: RunCommandForm): Invocation {
    const { world, registry, ids } = this.#parts;
    const guild = guildOf(world, form.guild_id);
    const member = memberOf(guild, form.user_id);
    const channel = findChannel(guild, form.channel_id);
    const chosen = (form.force ? forceCommand : chooseCommand)(form.command, guild.id, registry);
    if (!form.force) checkVisible(chosen, member);
    const values = form.force
      ? forcedValues(chosen.options, form.options)
      : checkedValues(chosen.options, form.options, guild);
    return { guild, member, channel, chosen, values, commandId: chosen.command?.id ?? ids.next() };
  }
}

function findChannel(guild: WorldGuild, channelId: string | undefined): WorldChannel {
  const channel = guild.channels.find(({ id }) => channelId === undefined || id === channelId);
  if (!channel) throw new Refusal(`there is no channel ${channelId} in guild ${guild.id}`);
  return channel;
}
