import { defineCommand } from '../command.ts';
import type { Feature } from '../feature.ts';
import { cancel } from './cancel.ts';
import { commandWords } from './command-words.ts';
import { create } from './create.ts';
import { fire, prune } from './jobs.ts';
import { ask, cancelIt, turnPage } from './list-view.ts';
import { list } from './list.ts';
import { personalTables } from './personal-tables.ts';
import { snooze } from './snooze.ts';
import { timeZone } from './time-zone.ts';

const command = defineCommand({
  name: 'remind',
  description: 'Reminds you of things',
  subcommands: { create, list, cancel, time_zone: timeZone },
});

/** Reminders that survive whatever process dies, in the member's own time zone. */
export const remind: Feature = {
  name: 'remind',
  title: { en: 'Reminders', de: 'Erinnerungen', fr: 'Rappels', es: 'Recordatorios', ko: '알림' },
  intents: [],
  commands: [command],
  words: commandWords,
  components: [turnPage, ask, cancelIt, snooze],
  jobs: [fire, prune],
  personalTables,
};
