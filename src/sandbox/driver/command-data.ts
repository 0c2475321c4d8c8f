import { ApplicationCommandOptionType, type APIAttachment } from 'discord-api-types/v10';
import type { Cdn } from '../cdn/cdn.ts';
import type { ChosenCommand } from './chosen-command.ts';
import { upload } from './files.ts';
import type { SentValue } from './option-values.ts';
import { resolvedOf } from './resolved.ts';
import type { Scene } from './scene.ts';

const { User, Role, Channel, Mentionable } = ApplicationCommandOptionType;
const idTypes: ReadonlySet<ApplicationCommandOptionType> = new Set([User, Role, Channel, Mentionable]);

/** An option as an interaction carries it. */
type WireOption = {
  readonly name: string;
  readonly type: ApplicationCommandOptionType;
  readonly focused?: true;
};

/** `data` of a slash command, or of one that is being typed: then `focused` names the option. */
export function commandData(
  scene: Scene,
  chosen: ChosenCommand,
  values: readonly SentValue[],
  more: { readonly commandId: string; readonly cdn: Cdn; readonly focused?: string },
): object {
  const attachments: APIAttachment[] = [];
  const options = values.map(({ name, type, value }): WireOption & { readonly value: unknown } => {
    const marked = { name, type, ...(name === more.focused && { focused: true as const }) };
    if (typeof value !== 'object') return { ...marked, value };
    const attachment = upload(more.cdn, scene.channel.id, value);
    attachments.push(attachment);
    return { ...marked, value: attachment.id };
  });
  const ids = values.flatMap(({ type, value }) =>
    idTypes.has(type) && typeof value === 'string' ? value : [],
  );
  const resolved = resolvedOf(new Set(ids), scene, attachments);
  return {
    id: more.commandId,
    name: chosen.name,
    type: chosen.command?.type ?? 1,
    ...(chosen.command?.guild_id !== undefined && { guild_id: scene.guild.id }),
    options: nest(chosen.path, options),
    ...(resolved && { resolved }),
  };
}

/** Values go inside the subcommand, and that inside its group. */
function nest(path: ChosenCommand['path'], values: readonly object[]): readonly object[] {
  return path.reduceRight<readonly object[]>((options, step) => [{ ...step, options }], values);
}
