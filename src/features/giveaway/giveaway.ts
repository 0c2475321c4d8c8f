import { PermissionFlagsBits } from 'discord-api-types/v10';
import { defineCommand } from '../command.ts';
import type { Feature } from '../feature.ts';
import { cancel, confirmCancel } from './cancel.ts';
import { check } from './check.ts';
import { commandWords } from './command-words.ts';
import { keep } from './confirm.ts';
import { confirmEnd, end } from './end.ts';
import { entryComponents } from './enter.ts';
import { entriesPersonalData, giveawaysPersonalData, winnersPersonalData } from './personal.ts';
import { prune } from './prune.ts';
import { confirmReroll, reroll } from './reroll.ts';
import { settle } from './settle.ts';
import { start } from './start.ts';

const command = defineCommand({
  name: 'giveaway',
  description: 'Give something away among the members, in a way that anybody can check',
  guildOnly: true,
  permissions: PermissionFlagsBits.ManageGuild,
  subcommands: { start, end, reroll, cancel },
});

export const giveaway: Feature = {
  name: 'giveaway',
  title: { en: 'Giveaways', de: 'Verlosungen', fr: 'Tirages au sort', es: 'Sorteos', ko: '경품 추첨' },
  intents: [],
  commands: [command],
  words: commandWords,
  components: [...entryComponents, check, confirmEnd, confirmReroll, confirmCancel, keep],
  jobs: [settle, prune],
  personalTables: [giveawaysPersonalData, entriesPersonalData, winnersPersonalData],
};
