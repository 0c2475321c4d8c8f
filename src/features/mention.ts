/**
 * A command that can be clicked and that each reader sees in their language (reference, "Message Formatting"); its text alone where
 * Discord's id is not known. `place`: `remind create`.
 */
export function commandMention(ids: ReadonlyMap<string, string>, place: string, shown = place): string {
  const id = ids.get(place.split(' ')[0] ?? '');
  return id === undefined ? `**/${shown}**` : `</${place}:${id}>`;
}
