import { ComponentType } from 'discord-api-types/v10';
import type { SubmitModalForm } from '../control/answers.ts';
import type { FileForm } from '../control/interactions.ts';
import type { ModalField } from '../messages/modal-form.ts';
import type { WorldGuild } from '../world/guild.ts';
import { Refusal } from './refusal.ts';
import { checkSelection } from './selection.ts';

type Given = SubmitModalForm['fields'][string] | undefined;
type Value = { readonly value: string | boolean | null } | { readonly values: readonly string[] };

const types = ComponentType;

/** What a member leaves in the field: `given`, or what the modal shows in it. Throws `Refusal` where it does not fit. */
export function modalFieldValue(
  field: ModalField,
  given: Given,
  guild: WorldGuild,
  store: (file: FileForm) => string,
): Value {
  switch (field.type) {
    case types.TextInput:
      return { value: checkedText(field, textOf(field, given) ?? field.value ?? '') };
    case types.Checkbox:
      return { value: checkedBox(field, textOf(field, given)) };
    case types.RadioGroup: {
      const chosen = textOf(field, given) ?? field.options.find((option) => option.default)?.value;
      checkSelection(
        { ...field, required: field.required ?? true },
        chosen === undefined ? [] : [chosen],
        guild,
      );
      return { value: chosen ?? null };
    }
    case types.FileUpload: {
      const files = filesOf(field, given);
      checkSelection(
        { ...field, options: files.map((_, value) => ({ value: `${value}` })) },
        files.map((_, value) => `${value}`),
        guild,
      );
      return { values: files.map(store) };
    }
    case types.CheckboxGroup: {
      const values = listOf(field, given) ?? defaultsOf(field.options);
      checkSelection({ ...field, max_values: field.max_values ?? field.options.length }, values, guild);
      return { values };
    }
    case types.StringSelect: {
      const values = listOf(field, given) ?? defaultsOf(field.options);
      checkSelection(field, values, guild);
      return { values };
    }
    case types.UserSelect:
    case types.RoleSelect:
    case types.MentionableSelect:
    case types.ChannelSelect: {
      const values = listOf(field, given) ?? field.default_values?.map(({ id }) => id) ?? [];
      checkSelection(field, values, guild);
      return { values };
    }
    default:
      return field satisfies never;
  }
}

type TextInput = Extract<ModalField, { type: ComponentType.TextInput }>;

function checkedText({ custom_id, required, min_length, max_length }: TextInput, value: string): string {
  if (value === '' && required === false) return value;
  if (value === '') throw new Refusal(`the field "${custom_id}" is required`);
  const [least, most] = [min_length ?? 0, max_length ?? 4_000];
  if (value.length >= least && value.length <= most) return value;
  throw new Refusal(`the field "${custom_id}" takes ${least} to ${most} characters, not ${value.length}`);
}

function checkedBox(
  field: Extract<ModalField, { type: ComponentType.Checkbox }>,
  given: string | undefined,
): boolean {
  if (given === undefined) return field.default ?? false;
  if (given === 'true' || given === 'false') return given === 'true';
  throw new Refusal(`the field "${field.custom_id}" is "true" or "false", not "${given}"`);
}

function textOf({ custom_id }: ModalField, given: Given): string | undefined {
  if (given === undefined || typeof given === 'string') return given;
  throw new Refusal(`the field "${custom_id}" takes one text`);
}

function listOf({ custom_id }: ModalField, given: Given): readonly string[] | undefined {
  if (given === undefined) return undefined;
  const values: readonly unknown[] = typeof given === 'string' ? [given] : given;
  if (values.every((value) => typeof value === 'string')) return values;
  throw new Refusal(`the field "${custom_id}" takes a list of texts`);
}

function filesOf({ custom_id }: ModalField, given: Given): readonly FileForm[] {
  const files: readonly unknown[] = given === undefined || typeof given === 'string' ? [given] : given;
  if (given === undefined) return [];
  if (files.every((each) => typeof each === 'object')) return files as readonly FileForm[];
  throw new Refusal(`the field "${custom_id}" takes a list of files`);
}

function defaultsOf(
  options: readonly { readonly value: string; readonly default?: boolean | null | undefined }[],
): string[] {
  return options.flatMap((option) => (option.default ? [option.value] : []));
}
