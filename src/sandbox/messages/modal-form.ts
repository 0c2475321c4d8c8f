import { ComponentType, TextInputStyle } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { checkWhole } from './component-form.ts';
import { checkLength, componentId, customId, list, text } from './component-parts.ts';
import { textDisplayForm } from './layout-form.ts';
import { selectForms } from './select-form.ts';

const types = ComponentType;
const required = z.boolean().nullish();

/** components/reference.mdx, Text Input: the label stands here in a row only, else in the Label around it. */
const textInput = z
  .object({
    type: z.literal(types.TextInput),
    id: componentId,
    custom_id: customId,
    style: z.enum(TextInputStyle),
    label: text(1, 45).nullish(),
    value: z.string().max(4_000).nullish(),
    placeholder: z.string().max(100).nullish(),
    required,
    min_length: z.int().min(0).max(4_000).nullish(),
    max_length: z.int().min(1).max(4_000).nullish(),
  })
  .superRefine(({ value, min_length, max_length }, context) => {
    const most = max_length ?? 4_000;
    if ((min_length ?? 0) > most) {
      fault(context, ['min_length'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${most}.`);
    } else if (value) checkLength(value.length, min_length ?? 0, most, context, ['value']);
  });

const option = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: z.string().max(100).nullish(),
  default: z.boolean().nullish(),
});

const fileUpload = z.object({
  type: z.literal(types.FileUpload),
  id: componentId,
  custom_id: customId,
  min_values: z.int().min(0).max(10).nullish(),
  max_values: z.int().min(1).max(10).nullish(),
  required,
});

const radioGroup = z.object({
  type: z.literal(types.RadioGroup),
  id: componentId,
  custom_id: customId,
  required,
  options: list(option, 2, 10),
});

const checkboxGroup = z.object({
  type: z.literal(types.CheckboxGroup),
  id: componentId,
  custom_id: customId,
  min_values: z.int().min(0).max(10).nullish(),
  max_values: z.int().min(1).max(10).nullish(),
  required,
  options: list(option, 1, 10),
});

const checkbox = z.object({
  type: z.literal(types.Checkbox),
  id: componentId,
  custom_id: customId,
  default: z.boolean().nullish(),
});

const field = z.discriminatedUnion('type', [
  textInput,
  ...selectForms,
  fileUpload,
  radioGroup,
  checkboxGroup,
  checkbox,
]);

const label = z.object({
  type: z.literal(types.Label),
  id: componentId,
  label: text(1, 45),
  description: text(1, 100).nullish(),
  component: field,
});

const row = z
  .object({
    type: z.literal(types.ActionRow),
    id: componentId,
    components: list(z.discriminatedUnion('type', [textInput]), 1, 1),
  })
  .superRefine(({ components }, context) => {
    for (const [index, input] of components.entries()) {
      if (input.label) continue;
      fault(context, ['components', index, 'label'], 'BASE_TYPE_REQUIRED', 'This field is required');
    }
  });

/** What a callback of type MODAL holds (interactions/receiving-and-responding.mdx, Modal). */
export const modalForm = z.object({
  custom_id: customId,
  title: text(1, 45),
  components: list(z.discriminatedUnion('type', [row, label, textDisplayForm]), 1, 5).superRefine(checkWhole),
});

export type ModalForm = z.output<typeof modalForm>;
/** What a member fills in. */
export type ModalField = z.output<typeof field>;
