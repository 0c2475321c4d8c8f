import { ComponentType } from 'discord-api-types/v10';
import type { SubmitModalForm } from '../control/answers.ts';
import type { ModalField, ModalForm } from '../messages/modal-form.ts';
import { anyOf } from './chance.ts';
import { someText } from './chat-text.ts';
import { chosenIn } from './offers.ts';
import type { Hand } from './plausible-value.ts';
import { plausibleText } from './plausible-text.ts';
import { smallFile } from './small-file.ts';

const types = ComponentType;

type Fields = SubmitModalForm['fields'];

/** What a member fills in: what is required always, the rest sometimes. */
export function modalAnswers(modal: ModalForm, hand: Hand): Fields {
  const fields: Fields = {};
  for (const part of modal.components) {
    if (part.type === types.TextDisplay) continue;
    const labelled =
      part.type === types.Label ? [part.component] : part.components.map((component) => component);
    const about = part.type === types.Label ? `${part.label} ${part.description ?? ''}` : '';
    for (const field of labelled) {
      const value = isAsked(field, hand) ? valueFor(field, about, hand) : undefined;
      if (value !== undefined) fields[field.custom_id] = value;
    }
  }
  return fields;
}

/** What the modal shows in a field is mostly left as it is. */
function isAsked(field: ModalField, { random }: Hand): boolean {
  if (field.type === types.TextInput && field.value) return random() < 0.3;
  return ('required' in field && field.required !== false) || random() < 0.5;
}

function valueFor(field: ModalField, about: string, hand: Hand): Fields[string] | undefined {
  switch (field.type) {
    case types.TextInput:
      return textFor(field, about, hand);
    case types.Checkbox:
      return hand.random() < 0.5 ? 'true' : 'false';
    case types.RadioGroup:
      return anyOf(hand.random, field.options)?.value;
    case types.FileUpload:
      return [smallFile(hand.random)];
    case types.CheckboxGroup:
    case types.StringSelect:
    case types.UserSelect:
    case types.RoleSelect:
    case types.MentionableSelect:
    case types.ChannelSelect:
      return chosenIn(field, hand);
    default:
      return field satisfies never;
  }
}

function textFor(
  { label, custom_id, min_length, max_length }: Extract<ModalField, { type: ComponentType.TextInput }>,
  about: string,
  { language, random }: Hand,
): string {
  const [least, most] = [Math.max(1, min_length ?? 1), max_length ?? 4_000];
  const text = plausibleText(`${about} ${label ?? ''} ${custom_id}`, random);
  if (text !== undefined && text.length >= least && text.length <= most) return text;
  return someText(language, least, Math.min(most, 300), random);
}
