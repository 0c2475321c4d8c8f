import { ChannelType, ComponentType, SelectMenuDefaultValueType } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { checkLength, componentId, customId, emoji, snowflake, text } from './component-parts.ts';

const defaultTypes = SelectMenuDefaultValueType;

/** components/reference.mdx, String Select and on; in a modal a select may be `required` besides. */
const menu = {
  id: componentId,
  custom_id: customId,
  placeholder: z.string().max(150).nullish(),
  min_values: z.int().min(0).max(25).nullish(),
  max_values: z.int().min(1).max(25).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
};

const option = z.object({
  label: text(1, 100),
  value: text(1, 100),
  description: z.string().max(100).nullish(),
  emoji,
  default: z.boolean().nullish(),
});

const stringSelect = z
  .object({ type: z.literal(ComponentType.StringSelect), ...menu, options: z.array(option) })
  .superRefine((select, context) => {
    const { options, max_values, min_values } = select;
    checkRange(select, context);
    // A menu must have as many options as may be chosen.
    checkLength(options.length, Math.max(max_values ?? 1, min_values ?? 1), 25, context, ['options']);
    checkDefaults(options.filter((each) => each.default).length, select, 'options', context);
    for (const [index, { value }] of options.entries()) {
      if (options.findIndex((other) => other.value === value) === index) continue;
      const code = 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED';
      fault(context, ['options', index, 'value'], code, 'The specified option value is already used');
    }
  });

export const selectForms = [
  stringSelect,
  entitySelect(ComponentType.UserSelect, [defaultTypes.User]),
  entitySelect(ComponentType.RoleSelect, [defaultTypes.Role]),
  entitySelect(ComponentType.MentionableSelect, [defaultTypes.User, defaultTypes.Role]),
  entitySelect(ComponentType.ChannelSelect, [defaultTypes.Channel]),
] as const;

type Range = {
  readonly min_values?: number | null | undefined;
  readonly max_values?: number | null | undefined;
};

function entitySelect<T extends ComponentType>(type: T, defaults: readonly SelectMenuDefaultValueType[]) {
  const defaultValue = z.object({ id: snowflake, type: z.enum(defaults) });
  return z
    .object({
      type: z.literal(type),
      ...menu,
      default_values: z.array(defaultValue).max(25).nullish(),
      /** Of a channel select alone. */
      channel_types: z.array(z.enum(ChannelType)).nullish(),
    })
    .superRefine((select, context) => {
      checkRange(select, context);
      checkDefaults(select.default_values?.length ?? 0, select, 'default_values', context);
    });
}

function checkRange({ min_values, max_values }: Range, context: z.core.$RefinementCtx): void {
  const most = max_values ?? Math.max(1, min_values ?? 1);
  if ((min_values ?? 1) <= most || min_values === undefined) return;
  const message = `int value should be less than or equal to ${most}.`;
  fault(context, ['min_values'], 'NUMBER_TYPE_MAX', message);
}

/** No value chosen beforehand is right too; otherwise there are as many as a member could choose. */
function checkDefaults(
  count: number,
  { min_values, max_values }: Range,
  field: string,
  context: z.core.$RefinementCtx,
): void {
  if (count > 0) checkLength(count, min_values ?? 1, max_values ?? 1, context, [field]);
}
