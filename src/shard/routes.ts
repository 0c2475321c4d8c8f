import {
  ApplicationCommandType,
  InteractionType,
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
} from 'discord-api-types/v10';
import type { Component, Modal } from '../features/component.ts';
import type { CustomIds } from '../features/custom-id.ts';
import type { Feature } from '../features/feature.ts';
import { commandRoute, completionOf, type Completion, type OwnedCommand } from './command-route.ts';
import { componentRoute, modalRoute, type Owned } from './component-route.ts';
import type { Found } from './route.ts';

/** Finds what answers an interaction, among everything that the features define. */
export class Routes {
  readonly #commands = new Map<string, OwnedCommand>();
  readonly #components = new Map<string, Owned<Component>>();
  readonly #modals = new Map<string, Owned<Modal>>();
  readonly #customIds: CustomIds;

  constructor(features: readonly Feature[], customIds: CustomIds) {
    this.#customIds = customIds;
    for (const { name: feature, alwaysOn, commands, components = [] } of features) {
      const owner = { feature, switchable: alwaysOn !== true };
      for (const command of commands) this.#commands.set(command.name, { command, ...owner });
      for (const definition of components) {
        if (definition.kind === 'component')
          this.#components.set(definition.name, { ...definition, ...owner });
        else this.#modals.set(definition.name, { ...definition, ...owner });
      }
    }
  }

  /** Throws for a payload that is not what Discord documents. */
  find(interaction: APIInteraction): Found {
    const { type, data } = interaction;
    if (type === InteractionType.MessageComponent) return this.#component(data);
    if (type === InteractionType.ModalSubmit) return this.#modal(data);
    if (type !== InteractionType.ApplicationCommand || data.type !== ApplicationCommandType.ChatInput)
      return unknownCommand;
    return commandRoute(this.#commands, data) ?? unknownCommand;
  }

  /** What may be offered for the option that a member is typing. */
  completion({ data }: APIApplicationCommandAutocompleteInteraction): Completion | undefined {
    return completionOf(this.#commands, data);
  }

  #component(data: APIMessageComponentInteraction['data']): Found {
    const id = this.#customIds.read(data.custom_id);
    const definition = id && this.#components.get(id.name);
    return (definition && componentRoute(definition, id, data)) ?? outdated;
  }

  #modal(data: APIModalSubmitInteraction['data']): Found {
    const id = this.#customIds.read(data.custom_id);
    const definition = id && this.#modals.get(id.name);
    return (definition && modalRoute(definition, id, data)) ?? outdated;
  }
}

const unknownCommand = { label: 'unknown', problem: { problem: 'unknownCommand' } } as const;
const outdated = { label: 'unknown', problem: { problem: 'outdated' } } as const;
