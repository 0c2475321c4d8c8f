import { ComponentType } from 'discord-api-types/v10';
import { z } from 'zod';
import type { FormProblem } from '../forms/discord-error.ts';
import { fault } from '../forms/form.ts';
import { topLevelForm } from './layout-form.ts';

export type ComponentForm = z.output<typeof topLevelForm>;

/** Any component, as far as rules that span several of them need it. */
type AnyComponent = {
  readonly type: ComponentType;
  readonly custom_id?: string | null | undefined;
  readonly content?: string | undefined;
  readonly components?: readonly AnyComponent[] | undefined;
  readonly accessory?: AnyComponent | undefined;
  readonly component?: AnyComponent | undefined;
};
type Path = readonly (string | number)[];
type Placed = { readonly component: AnyComponent; readonly path: Path };

/** components/reference.mdx:81, :108, :2542 */
const limits = { rows: 5, all: 40, text: 4_000 };

/** The components of a message, whichever of the two generations they are of. */
export const componentsForm = z.array(topLevelForm).superRefine(checkWhole);

/** The rules that span all components of a message or modal: how many, how long, and no `custom_id` twice. */
export function checkWhole(components: readonly AnyComponent[], context: z.core.$RefinementCtx): void {
  const all = components.flatMap((component, index) => withInner({ component, path: [index] }));
  if (all.length > limits.all) {
    const message = `The total number of components exceeds the maximum of ${limits.all}`;
    fault(context, [], 'COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', message);
  }
  if (all.reduce((sum, { component }) => sum + (component.content?.length ?? 0), 0) > limits.text) {
    const message = `Components displayable text size exceeds maximum size of ${limits.text}`;
    fault(context, [], 'COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', message);
  }
  const seen = new Set<string>();
  for (const { component, path } of all) {
    const { custom_id } = component;
    if (!custom_id) continue;
    if (seen.has(custom_id)) {
      const message = 'Component custom id cannot be duplicated';
      fault(context, [...path, 'custom_id'], 'COMPONENT_CUSTOM_ID_DUPLICATED', message);
    }
    seen.add(custom_id);
  }
}

/** What is wrong with the components of a message without Components V2: up to five action rows, nothing else on top. */
export function legacyRowProblems(components: readonly { readonly type: ComponentType }[]): FormProblem[] {
  const { ActionRow } = ComponentType;
  const message = `Must be between 1 and ${limits.rows} in length.`;
  const others = components.flatMap(({ type }, index) => (type === ActionRow ? [] : [index]));
  return [
    ...(components.length > limits.rows
      ? [{ path: ['components'], code: 'BASE_TYPE_BAD_LENGTH', message }]
      : []),
    ...others.map((index) => ({
      path: ['components', index, 'type'],
      code: 'UNION_TYPE_CHOICES',
      message: `Value of field "type" must be one of (${ActionRow},).`,
    })),
  ];
}

function withInner(placed: Placed): Placed[] {
  const { component, path } = placed;
  const { components = [], accessory, component: labelled } = component;
  return [
    placed,
    ...components.flatMap((inner, index) =>
      withInner({ component: inner, path: [...path, 'components', index] }),
    ),
    ...(accessory ? withInner({ component: accessory, path: [...path, 'accessory'] }) : []),
    ...(labelled ? withInner({ component: labelled, path: [...path, 'component'] }) : []),
  ];
}
