import assert from 'node:assert/strict';
import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';

/** Of the component in a message's rows, or in what lies in them, whose label, placeholder or custom id is or contains `what`. */
export function customIdOf(components: readonly APIMessageTopLevelComponent[], what: string): string {
  const all = JSON.parse(JSON.stringify(components)) as readonly Record<string, unknown>[];
  const flat = (list: readonly Record<string, unknown>[]): Record<string, unknown>[] =>
    list.flatMap((part) => [
      part,
      ...flat((part['components'] ?? []) as Record<string, unknown>[]),
      ...flat(part['accessory'] === undefined ? [] : [part['accessory'] as Record<string, unknown>]),
    ]);
  const usable = flat(all).filter((part) => typeof part['custom_id'] === 'string');
  const wanted = usable.find((part) =>
    ['label', 'placeholder', 'custom_id'].some((key) => {
      const text = part[key];
      return typeof text === 'string' && text.includes(what);
    }),
  );
  assert.ok(wanted, `nothing is called ${what}: ${JSON.stringify(usable)}`);
  return String(wanted['custom_id']);
}
