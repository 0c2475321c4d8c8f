import {
  ApplicationCommandType,
  GatewayDispatchEvents,
  InteractionType,
  type APIMessage,
} from 'discord-api-types/v10';
import type { Account } from '../account.ts';
import type { Cdn } from '../cdn/cdn.ts';
import type { CommandRegistry } from '../commands/command-registry.ts';
import type { SubmitModalForm, UseComponentForm } from '../control/answers.ts';
import type { AutocompleteForm, AutocompleteSight } from '../control/autocomplete.ts';
import type { InteractionSight, RunCommandForm } from '../control/interactions.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Interaction, InteractionOrigin } from '../interactions/interaction.ts';
import type { Interactions } from '../interactions/interactions.ts';
import type { ChannelMessages } from '../messages/channel-messages.ts';
import type { SnowflakeClock } from '../snowflake.ts';
import { permissionsIn } from '../world/permissions.ts';
import type { World } from '../world/world.ts';
import { checkVisible, chooseCommand, forceCommand, type ChosenCommand } from './chosen-command.ts';
import { commandData } from './command-data.ts';
import { componentData } from './component-data.ts';
import { contextCommand } from './context-command.ts';
import { interactionPayload } from './interaction-payload.ts';
import { modalData } from './modal-data.ts';
import { checkedValues, forcedValues } from './option-values.ts';
import { placeOf } from './people.ts';
import { Refusal } from './refusal.ts';
import { findMember, sceneOf, type Scene } from './scene.ts';
import { autocompleteSight, sightOf } from './sight.ts';
import { typedValues } from './typed-values.ts';

export type DriverParts = {
  readonly account: Account;
  readonly world: World;
  readonly gateway: Gateway;
  readonly registry: CommandRegistry;
  readonly interactions: Interactions;
  readonly messages: ChannelMessages;
  readonly cdn: Cdn;
  readonly ids: SnowflakeClock;
};

type CommandRun = Omit<RunCommandForm, 'wait_ms'>;

/** What an interaction is, besides who started it and where. */
type Asked = Pick<InteractionOrigin, 'type'> &
  Partial<InteractionOrigin> & {
    readonly data: object;
    /** The message that the payload carries. */
    readonly message?: APIMessage | undefined;
    readonly shardId?: number | undefined;
  };

/**
 * Lets simulated members run commands, use components and fill in modals. They know what the bot registered and what it
 * showed them, and nothing else of it. Every method throws `Refusal` for what Discord's client would not send.
 */
export class Driver {
  readonly #parts: DriverParts;

  constructor(parts: DriverParts) {
    this.#parts = parts;
  }

  /**
   * Runs the command and resolves with what the member sees once there is an answer, once 3 s passed without one,
   * or, when it was deferred, after `wait_ms`.
   */
  async runCommand(form: RunCommandForm): Promise<InteractionSight> {
    const interaction = this.send(form);
    await interaction.settled(form.wait_ms);
    return sightOf(interaction);
  }

  /** Sends the command and does not wait. */
  send(form: CommandRun): Interaction {
    const scene = sceneOf(this.#parts.world, form);
    const asked =
      form.target_id === undefined ? this.#typed(form, scene) : this.#onTarget(form, scene, form.target_id);
    return this.#send(scene, { ...asked, shardId: form.shard_id });
  }

  /** Resolves with the bot's choices once they are there, or with none once 3 s passed without. */
  async autocomplete(form: AutocompleteForm): Promise<AutocompleteSight> {
    const interaction = this.type(form);
    await interaction.settled(0);
    return autocompleteSight(interaction);
  }

  /** Asks for what the bot offers and does not wait. */
  type(form: AutocompleteForm): Interaction {
    const { world, registry, cdn, ids } = this.#parts;
    const scene = sceneOf(world, form);
    const chosen = chooseCommand(form.command, scene.guild.id, registry);
    checkVisible(chosen, scene.member, permissionsOf(scene));
    const { values, focusedType } = typedValues(chosen.options, form.options, form.focused, scene.guild);
    const commandId = chosen.command?.id ?? ids.next();
    return this.#send(scene, {
      type: InteractionType.ApplicationCommandAutocomplete,
      commandName: fullName(chosen),
      optionType: focusedType,
      data: commandData(scene, chosen, values, { commandId, cdn, focused: form.focused }),
    });
  }

  /** Resolves as `runCommand` does. */
  async useComponent(form: UseComponentForm): Promise<InteractionSight> {
    const interaction = this.press(form);
    await interaction.settled(form.wait_ms);
    return sightOf(interaction);
  }

  /** Uses the component and does not wait. */
  press(form: Omit<UseComponentForm, 'wait_ms'>): Interaction {
    const { world, messages } = this.#parts;
    const place = placeOf(world, form.channel_id);
    const scene = { ...place, member: findMember(place.guild, form.user_id), locale: form.locale };
    const { user } = scene.member;
    const source = messages.seen(place.channel.id, form.message_id, user.id);
    if (!source)
      throw new Refusal(`${user.username} sees no message ${form.message_id} in ${place.channel.name}`);
    const { message } = source;
    const data = componentData(message, form.custom_id, form.values, place);
    return this.#send(scene, { type: InteractionType.MessageComponent, source, data, message });
  }

  /** Resolves as `runCommand` does. */
  async submitModal(form: SubmitModalForm): Promise<InteractionSight> {
    const interaction = this.fillIn(form);
    await interaction.settled(form.wait_ms);
    return sightOf(interaction);
  }

  /** Submits the modal and does not wait. */
  fillIn(form: Omit<SubmitModalForm, 'wait_ms'>): Interaction {
    const trigger = this.#parts.interactions.find(form.interaction_id);
    if (!trigger) throw new Refusal(`there is no interaction ${form.interaction_id}`, 404);
    if (!trigger.modal) throw new Refusal(`interaction ${trigger.id} was not answered with a modal`);
    const { channelId, user, source } = trigger.origin;
    const place = placeOf(this.#parts.world, channelId);
    const scene = { ...place, member: findMember(place.guild, user.id), locale: form.locale };
    const data = modalData(trigger.modal, form.fields, scene, this.#parts.cdn);
    return this.#send(scene, {
      type: InteractionType.ModalSubmit,
      trigger,
      ...(source && { source }),
      data,
      message: source?.message,
    });
  }

  /** What the member sees by now of an interaction; `undefined` for one that is unknown or forgotten. */
  look(interactionId: string): InteractionSight | undefined {
    const interaction = this.#parts.interactions.find(interactionId);
    return interaction && sightOf(interaction);
  }

  #typed(form: CommandRun, scene: Scene): Asked {
    const { registry, cdn, ids } = this.#parts;
    const { guild, member } = scene;
    const chosen = (form.force ? forceCommand : chooseCommand)(form.command, guild.id, registry);
    if (!form.force) checkVisible(chosen, member, permissionsOf(scene));
    const values = form.force
      ? forcedValues(chosen.options, form.options)
      : checkedValues(chosen.options, form.options, guild);
    const commandId = chosen.command?.id ?? ids.next();
    return {
      type: InteractionType.ApplicationCommand,
      commandName: fullName(chosen),
      commandType: ApplicationCommandType.ChatInput,
      data: commandData(scene, chosen, values, { commandId, cdn }),
    };
  }

  #onTarget(form: CommandRun, scene: Scene, targetId: string): Asked {
    const { command, data } = contextCommand(form.command, targetId, scene, this.#parts);
    if (!form.force) checkVisible({ command, name: command.name }, scene.member, permissionsOf(scene));
    const { name: commandName, type: commandType } = command;
    return { type: InteractionType.ApplicationCommand, commandName, commandType, targetId, data };
  }

  #send(scene: Scene, { data, message, shardId, ...asked }: Asked): Interaction {
    const { account, gateway, interactions } = this.#parts;
    const { guild, channel, member } = scene;
    const interaction = interactions.open({
      applicationId: account.applicationId,
      guildId: guild.id,
      channelId: channel.id,
      user: member.user,
      commandName: '',
      ...asked,
    });
    const payload = interactionPayload(interaction, scene, data, message);
    const event = GatewayDispatchEvents.InteractionCreate;
    const sessions =
      shardId === undefined
        ? gateway.dispatchToGuild(guild.id, event, payload)
        : gateway.dispatchToShard(shardId, event, payload);
    interaction.shardId = sessions.find((session) => session.connected)?.shardId ?? null;
    return interaction;
  }
}

function permissionsOf({ guild, member, channel }: Scene): bigint {
  return permissionsIn(guild, member, channel);
}

function fullName({ name, path }: ChosenCommand): string {
  return [name, ...path.map((step) => step.name)].join(' ');
}
