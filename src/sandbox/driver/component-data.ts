import { ButtonStyle, ComponentType, type APIMessage } from 'discord-api-types/v10';
import type { Place } from '../world/world.ts';
import { Refusal } from './refusal.ts';
import { resolvedOf } from './resolved.ts';
import { checkSelection, entitySelects, type Selectable } from './selection.ts';

type Component = Selectable & {
  readonly style?: number;
  readonly disabled?: boolean;
  readonly url?: string;
  readonly sku_id?: string;
  readonly components?: readonly Component[];
  readonly accessory?: Component;
};

/** `data` of using the component; throws `Refusal` where Discord's client would not let the member. */
export function componentData(
  message: APIMessage,
  customId: string,
  values: readonly string[] | undefined,
  place: Place,
): object {
  const component = findComponent(message, customId);
  if (component.disabled) throw new Refusal(`the component "${customId}" is disabled`);
  const data = { custom_id: customId, component_type: component.type, id: component.id };
  if (component.type === ComponentType.Button) {
    if (values?.length) throw new Refusal(`the button "${customId}" takes no values`);
    return data;
  }
  const chosen = values ?? [];
  checkSelection(component, chosen, place.guild);
  const resolved = entitySelects.has(component.type) && (resolvedOf(new Set(chosen), place) ?? {});
  return { ...data, values: chosen, ...(resolved && { resolved }) };
}

type WithId = Component & { readonly id?: number };

function findComponent(message: APIMessage, customId: string): WithId {
  const all = ((message.components ?? []) as readonly Component[]).flatMap(withInner);
  const found = all.find(({ custom_id }) => custom_id === customId);
  if (found) return found;
  const silent = all.find(({ url, sku_id, type }) => isButton(type) && [url, sku_id].includes(customId));
  if (!silent) throw new Refusal(`there is no component "${customId}" on message ${message.id}`);
  const kind = silent.style === ButtonStyle.Link ? 'link' : 'premium';
  throw new Refusal(`a ${kind} button sends the bot nothing: ${customId}`);
}

function isButton(type: ComponentType): boolean {
  return type === ComponentType.Button;
}

function withInner(component: Component): Component[] {
  const { components = [], accessory } = component;
  return [component, ...[...components, ...(accessory ? [accessory] : [])].flatMap(withInner)];
}
