import {
  ComponentType,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
} from 'discord-api-types/v10';
import type { Component, Modal } from '../features/component.ts';
import type { ComponentContext, ModalContext } from '../features/context.ts';
import { dataOf, type ReadId } from '../features/custom-id.ts';
import { clip, verbatim, type Speech } from '../i18n/i18n.ts';
import { formProblem } from './form-problem.ts';
import type { Found, Route } from './route.ts';

export type Owned<Definition> = Definition & { readonly feature: string; readonly switchable: boolean };

/** A form has five fields. */
const problemMax = 1_000;

/** `undefined` when this release cannot read what the id carries. */
export function componentRoute(
  definition: Owned<Component>,
  id: ReadId,
  sent: APIMessageComponentInteraction['data'],
): Found | undefined {
  const data = dataOf(definition, id);
  if (data === undefined) return undefined;
  const values = sent.component_type === ComponentType.Button ? [] : sent.values;
  return {
    ...common(definition, id),
    kind: 'component',
    run: (context, update) => definition.run({ ...context, data, values, update } as ComponentContext),
  };
}

/** As `componentRoute`; what a member entered and the form does not allow is a problem of its own. */
export function modalRoute(
  definition: Owned<Modal>,
  id: ReadId,
  sent: APIModalSubmitInteraction['data'],
): Found | undefined {
  const data = dataOf(definition, id);
  if (data === undefined) return undefined;
  const given = entered(sent);
  const read = definition.fields.safeParse(given);
  if (!read.success) {
    const values = (speech: Speech) => ({
      problem: verbatim(clip(formProblem(definition, given, speech), problemMax)),
    });
    return { label: definition.name, problem: { problem: 'wrongField', values } };
  }
  const fields = read.data;
  return {
    ...common(definition, id),
    kind: 'modal',
    run: (context, update) => definition.run({ ...context, data, fields, update } as ModalContext),
  };
}

function common(definition: Owned<Component | Modal>, id: ReadId): Omit<Route, 'kind' | 'run'> {
  return {
    label: definition.name,
    feature: definition.feature,
    switchable: definition.switchable,
    command: undefined,
    traits: definition,
    permissions: definition.permissions,
    guildOnly: false,
    ownersOnly: definition.ownersOnly === true,
    userId: definition.private === true ? id.userId : undefined,
    updates: definition.answers === 'update',
  };
}

/** By `custom_id`: a text, or the list of what was chosen. */
function entered({ components }: APIModalSubmitInteraction['data']): Record<string, unknown> {
  const inputs = components.flatMap((part) => {
    if (part.type === ComponentType.ActionRow) return part.components;
    return part.type === ComponentType.Label ? [part.component] : [];
  });
  return Object.fromEntries(
    inputs.map((input) => [input.custom_id, 'values' in input ? input.values : input.value]),
  );
}
