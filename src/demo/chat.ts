import type { APIEmbed } from 'discord-api-types/v10';
import type { InteractionSight } from '../sandbox/client.ts';

/** What a member sees of an answer, as lines of text. */
export function chatLines(sight: InteractionSight): string[] {
  if (sight.state !== 'answered')
    return [sight.state === 'failed' ? 'This interaction failed' : 'Shoal is thinking…'];
  const lines = [
    ...(sight.content === '' ? [] : sight.content.split('\n')),
    ...sight.embeds.flatMap((embed) => embedLines(embed).map((line) => `▌ ${line}`)),
    ...usableIn(sight).map((part) => ('label' in part ? `[ ${part.label} ]` : `( ${part.placeholder} ▾ )`)),
    ...(sight.ephemeral ? ['(only you can see this)'] : []),
  ];
  return lines.map(withoutIds);
}

/** `</help:1573…>` is shown as `/help`. */
function withoutIds(line: string): string {
  return line.replaceAll(/<(\/[^:<>]+):\d+>/g, '$1');
}

function embedLines({ title, description, fields = [], footer }: APIEmbed): string[] {
  const inline = fields
    .filter((field) => field.inline === true)
    .map(({ name, value }) => `${name}: ${value.replaceAll('\n', ', ')}`);
  const blocks = fields.filter((field) => field.inline !== true);
  return [
    ...(title === undefined ? [] : [title]),
    ...(description === undefined ? [] : description.split('\n')),
    ...blocks.flatMap(({ name, value }) => [`${name}:`, ...value.split('\n').map((line) => `  ${line}`)]),
    ...joinedLines(inline),
    ...(footer === undefined ? [] : [footer.text]),
  ];
}

/** Joined while they fit a terminal of 80 columns beside the speaker's name. */
function joinedLines(texts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const text of texts) {
    const longer = `${lines.at(-1) ?? ''} · ${text}`;
    if (lines.length > 0 && longer.length <= 64) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}

/** A button or a select of an answer, as a member sees it. */
export type Usable = { readonly custom_id: string } & (
  | { readonly label: string }
  | { readonly placeholder: string }
);

/** What can be pressed or chosen from, in rows or wherever else it stands. */
export function usableIn({ components }: InteractionSight): Usable[] {
  const found: Usable[] = [];
  JSON.stringify(components, (_key, value: unknown) => {
    if (isUsable(value)) found.push(value);
    return value;
  });
  return found;
}

function isUsable(value: unknown): value is Usable {
  if (typeof value !== 'object' || value === null || !('custom_id' in value)) return false;
  return 'label' in value || 'placeholder' in value;
}
