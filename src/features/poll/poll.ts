import { defineCommand } from '../command.ts';
import type { Feature } from '../feature.ts';
import { close, closeComponents } from './close.ts';
import { commandWords } from './command-words.ts';
import { create } from './create.ts';
import { formComponents } from './form.ts';
import { list } from './list.ts';
import { pollsPersonalData, votesPersonalData } from './personal.ts';
import { prune } from './prune.ts';
import { settle } from './settle.ts';
import { voteComponents } from './vote.ts';
import { showVotes } from './voters.ts';

const command = defineCommand({
  name: 'poll',
  description: 'Ask the members and count their votes',
  guildOnly: true,
  subcommands: { create, close, list },
});

export const poll: Feature = {
  name: 'poll',
  title: { en: 'Polls', de: 'Umfragen', fr: 'Sondages', es: 'Encuestas', ko: '투표' },
  intents: [],
  commands: [command],
  words: commandWords,
  components: [...voteComponents, showVotes, ...formComponents, ...closeComponents],
  jobs: [settle, prune],
  personalTables: [pollsPersonalData, votesPersonalData],
};
