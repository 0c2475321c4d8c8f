import { ComponentType, type APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { z } from 'zod';
import { fault } from '../forms/form.ts';

/** A component as a client sends it; its kind decides what else it holds. */
export type ComponentForm = {
  type: ComponentType;
  custom_id?: string | undefined;
  components?: ComponentForm[] | undefined;
  accessory?: ComponentForm | undefined;
  [field: string]: unknown;
};

const component: z.ZodType<ComponentForm> = z.looseObject({
  type: z.enum(ComponentType),
  custom_id: z.string().min(1).max(100).optional(),
  get components() {
    return z.array(component).optional();
  },
  get accessory() {
    return component.optional();
  },
});

/** components/reference.mdx:81, :108, :2542 */
const limits = { rows: 5, buttons: 5, componentsV2: 40 };

/** The components of a message, whichever of the two generations they are of. */
export const componentsForm = z.array(component).superRefine((components, context) => {
  const all = components.flatMap(withInner);
  if (all.length > limits.componentsV2) {
    fault(context, [], 'BASE_TYPE_MAX_LENGTH', `Must be ${limits.componentsV2} or fewer in length.`);
  }
  const ids = all.flatMap(({ custom_id }) => custom_id ?? []);
  if (new Set(ids).size < ids.length) {
    fault(context, [], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  }
  for (const [index, each] of components.entries()) checkRow(each, index, context);
});

/** The rules of a message without the Components V2 flag: up to five action rows and nothing else on top. */
export function checkLegacyRows(components: readonly ComponentForm[], context: z.core.$RefinementCtx): void {
  if (components.length > limits.rows) {
    fault(context, ['components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${limits.rows} in length.`);
  }
  for (const [index, { type }] of components.entries()) {
    if (type === ComponentType.ActionRow) continue;
    fault(
      context,
      ['components', index, 'type'],
      'UNION_TYPE_CHOICES',
      `Value of field "type" must be one of (${ComponentType.ActionRow},).`,
    );
  }
}

/** Components as a message shows them: each with an id, counted from 1 in reading order. */
export function shownComponents(components: readonly ComponentForm[]): APIMessageTopLevelComponent[] {
  let id = 0;
  const number = (each: ComponentForm): object => ({
    id: ++id,
    ...each,
    ...(each.components && { components: each.components.map(number) }),
    ...(each.accessory && { accessory: number(each.accessory) }),
  });
  return components.map((each) => number(each) as APIMessageTopLevelComponent);
}

function checkRow(
  { type, components = [] }: ComponentForm,
  index: number,
  context: z.core.$RefinementCtx,
): void {
  if (type !== ComponentType.ActionRow) return;
  const onlyButtons = components.every((inner) => inner.type === ComponentType.Button);
  const most = onlyButtons ? limits.buttons : 1;
  if (components.length >= 1 && components.length <= most) return;
  fault(context, [index, 'components'], 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${most} in length.`);
}

function withInner(each: ComponentForm): ComponentForm[] {
  const inner = [...(each.components ?? []), ...(each.accessory ? [each.accessory] : [])];
  return [each, ...inner.flatMap(withInner)];
}
