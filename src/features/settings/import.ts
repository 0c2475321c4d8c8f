import { z } from 'zod';
import { DownloadFailed } from '../../discord/attachment.ts';
import { clip } from '../../i18n/i18n.ts';
import type { GuildSettings } from '../../settings/settings.ts';
import { defineSubcommand } from '../command.ts';
import { defineComponent } from '../component.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../feature.ts';
import { attachmentOption } from '../options.ts';
import { changeSettings } from './change.ts';
import { confirmButtons, staffOnly } from './confirm.ts';
import { isChannelHere } from './places.ts';
import { settingsEmbed } from './settings-embed.ts';
import { fileBytes, fileMaxBytes, patchOf, readFile, type SettingsFile } from './settings-file.ts';
import { ruleWords } from './rule-words.ts';
import { settingsWords } from './settings-words.ts';
import { transferWords } from './transfer-words.ts';
import { switchableCommands, switchableFamilies } from './switchable.ts';

/** Problems that are told at once; a file with more of them is none of ours. */
const problemsMax = 8;

/** The preview carries the file: what is imported is what was shown, also after a restart. */
const confirmImport = defineComponent({
  name: 'settings.import',
  version: 1,
  data: z.object({}),
  ...staffOnly,
  mutates: true,
  async run(context) {
    const say = context.say(transferWords);
    const [attached] = context.interaction.message.attachments;
    if (attached === undefined) throw new Refusal(say('fileGone'));
    const file = await readAttachment(context, attached);
    const saved = await changeSettings(context, (current) => patchOf(file, current));
    await context.update({
      embeds: [await settingsEmbed(context, context.say(settingsWords)('saved'), saved)],
      components: [],
    });
  },
});

export const importComponents = [confirmImport];

export const importSettings = defineSubcommand({
  description: 'Takes over settings from a file that I have exported',
  ephemeral: true,
  options: { file: attachmentOption({ description: 'The file', required: true }) },
  async run(context) {
    const say = context.say(transferWords);
    const current = await context.settings.get();
    const file = await ofThisGuild(context, current, await readAttachment(context, context.options.file));
    const embed = await settingsEmbed(context, say('importAsk'), { ...current, ...patchOf(file, current) });
    await context.reply({
      embeds: [{ ...embed, description: say('importNote') }],
      components: confirmButtons(context, say('import'), confirmImport, {}),
      files: [{ name: 'settings.json', data: fileBytes(file) }],
    });
  },
});

/** Without a log channel that is not this guild's, since nobody else shall read what happens here. */
async function ofThisGuild(
  context: Context,
  { guildId }: GuildSettings,
  file: SettingsFile,
): Promise<SettingsFile> {
  const { logChannelId, ...others } = file;
  if (typeof logChannelId !== 'string' || (await isChannelHere(context, guildId, logChannelId))) return file;
  return others;
}

/** Throws `Refusal` that says what is wrong with the file. */
async function readAttachment(
  context: Context,
  { url, size }: { readonly url: string; readonly size: number },
): Promise<SettingsFile> {
  const say = context.say(transferWords);
  if (size > fileMaxBytes) throw new Refusal(say('fileTooLarge', { max: fileMaxBytes }));
  const read = readFile(await downloaded(context, url), context.speech.language);
  if (read === 'no JSON') throw new Refusal(say('fileNoJson'));
  const problems = 'problems' in read ? read.problems : unknownNames(context, read.file);
  if ('problems' in read || problems.length > 0) throw new Refusal(problemText(context, problems));
  return read.file;
}

async function downloaded(context: Context, url: string): Promise<Buffer> {
  try {
    return await context.download(url, fileMaxBytes, context.signal);
  } catch (error) {
    if (!(error instanceof DownloadFailed)) throw error;
    context.log.warn({ err: error, reason: error.reason }, 'a file with settings was not read');
    const say = context.say(transferWords);
    throw new Refusal(
      error.reason === 'tooLarge' ? say('fileTooLarge', { max: fileMaxBytes }) : say('fileUnreachable'),
    );
  }
}

/** Of commands and families that this release does not have, or that nobody may switch off. */
function unknownNames(context: Context, { commands = {}, families = {} }: SettingsFile): string[] {
  const say = context.say(ruleWords);
  const knownCommands = switchableCommands(context).map(({ name }) => name);
  const knownFamilies = switchableFamilies(context).map(({ name }) => name);
  return [
    ...Object.keys(commands)
      .filter((name) => !knownCommands.includes(name))
      .map((name) => `commands.${name}: ${say('notACommand', { given: name })}`),
    ...Object.keys(families)
      .filter((name) => !knownFamilies.includes(name))
      .map((name) => `families.${name}: ${say('notAFamily', { given: name })}`),
  ];
}

/** In a code block, since places and values are the file's: nothing in them is markup. */
function problemText({ say: sayOf }: Context, problems: readonly string[]): string {
  const say = sayOf(transferWords);
  const shown = problems.slice(0, problemsMax).map((problem) => clip(problem.replaceAll('`', "'"), 300));
  const more = problems.length - shown.length;
  const lines = [...shown, ...(more > 0 ? [sayOf(settingsWords)('more', { more })] : [])];
  return `${say('fileWrong')}\n\`\`\`\n${lines.join('\n')}\n\`\`\``;
}
