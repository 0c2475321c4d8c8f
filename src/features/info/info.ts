import { GatewayIntentBits } from 'discord-api-types/v10';
import type { Feature } from '../feature.ts';
import { about } from './about.ts';
import { health } from './health.ts';
import { chooseFamily, turnPage } from './help-page.ts';
import { help } from './help.ts';
import { infoCommandWords } from './info-command-words.ts';
import { ping } from './ping.ts';

/** What the bot says of itself. Guilds: the guild counts come from READY and GUILD_CREATE. */
export const info: Feature = {
  name: 'info',
  title: {
    en: 'About the bot',
    de: 'Über den Bot',
    fr: 'À propos du bot',
    es: 'Sobre el bot',
    ko: '봇 소개',
  },
  intents: [GatewayIntentBits.Guilds],
  commands: [help, ping, about, health],
  words: infoCommandWords,
  components: [chooseFamily, turnPage],
};
