import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';
import { componentId, customId, emoji, snowflake } from './component-parts.ts';

/** components/reference.mdx, Button: what each style needs, and what it must not have. */
export const buttonForm = z
  .object({
    type: z.literal(ComponentType.Button),
    id: componentId,
    style: z.enum(ButtonStyle),
    label: z.string().max(80).nullish(),
    emoji,
    custom_id: customId.nullish(),
    url: z.string().max(512).nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((button, context) => {
    const { required, forbidden } = rulesOf(button.style);
    if (!button[required]) fault(context, [required], 'BASE_TYPE_REQUIRED', 'This field is required');
    for (const field of forbidden) {
      if (!button[field]) continue;
      const code = 'BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE';
      fault(context, [field], code, `A button of this style cannot have a ${field}`);
    }
    if (button.style === ButtonStyle.Premium || button.label || button.emoji) return;
    fault(context, ['label'], 'BASE_TYPE_REQUIRED', 'A button must have a label or an emoji');
  });

type Field = 'custom_id' | 'url' | 'sku_id' | 'label' | 'emoji';

function rulesOf(style: ButtonStyle): { readonly required: Field; readonly forbidden: readonly Field[] } {
  switch (style) {
    case ButtonStyle.Link:
      return { required: 'url', forbidden: ['custom_id', 'sku_id'] };
    case ButtonStyle.Premium:
      return { required: 'sku_id', forbidden: ['custom_id', 'url', 'label', 'emoji'] };
    case ButtonStyle.Primary:
    case ButtonStyle.Secondary:
    case ButtonStyle.Success:
    case ButtonStyle.Danger:
      return { required: 'custom_id', forbidden: ['url', 'sku_id'] };
    default:
      return style satisfies never;
  }
}
