import { ComponentType, type APIAttachment } from 'discord-api-types/v10';
import type { Cdn } from '../cdn/cdn.ts';
import type { SubmitModalForm } from '../control/answers.ts';
import type { ModalField, ModalForm } from '../messages/modal-form.ts';
import { freeIds } from '../messages/shown-components.ts';
import { upload } from './files.ts';
import { modalFieldValue } from './modal-field.ts';
import { Refusal } from './refusal.ts';
import { resolvedOf } from './resolved.ts';
import type { Scene } from './scene.ts';
import { entitySelects } from './selection.ts';

const types = ComponentType;

/** `data` of submitting the modal; throws `Refusal` where Discord's client would not. */
export function modalData(
  modal: ModalForm,
  fields: SubmitModalForm['fields'],
  scene: Scene,
  cdn: Cdn,
): object {
  checkNames(modal, Object.keys(fields));
  const nextId = freeIds(modal.components);
  const entities = new Set<string>();
  const attachments: APIAttachment[] = [];
  const submit = (field: ModalField): object => {
    const given = Object.hasOwn(fields, field.custom_id) ? fields[field.custom_id] : undefined;
    const store = (file: Parameters<typeof upload>[2]) => {
      const attachment = upload(cdn, scene.channel.id, file);
      attachments.push(attachment);
      return attachment.id;
    };
    const value = modalFieldValue(field, given, scene.guild, store);
    if ('values' in value && entitySelects.has(field.type)) for (const id of value.values) entities.add(id);
    return { type: field.type, id: field.id || nextId(), custom_id: field.custom_id, ...value };
  };
  const components = modal.components.map((part) => {
    const base = { type: part.type, id: part.id || nextId() };
    if (part.type === types.ActionRow) return { ...base, components: part.components.map(submit) };
    return part.type === types.Label ? { ...base, component: submit(part.component) } : base;
  });
  const resolved = resolvedOf(entities, scene, attachments);
  return { custom_id: modal.custom_id, components, ...(resolved && { resolved }) };
}

function checkNames(modal: ModalForm, names: readonly string[]): void {
  const known = modal.components.flatMap((part) => {
    if (part.type === types.ActionRow) return part.components.map(({ custom_id }) => custom_id);
    return part.type === types.Label ? [part.component.custom_id] : [];
  });
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new Refusal(`there is no field "${unknown}" in the modal; there are: ${known.join(', ') || 'none'}`);
}
