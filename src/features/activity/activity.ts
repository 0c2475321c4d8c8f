import { GatewayIntentBits } from 'discord-api-types/v10';
import type { CommandWords } from '../command-words.ts';
import type { Feature } from '../feature.ts';
import { countMessages } from './count-messages.ts';
import { messageCounts } from './message-counts.ts';
import { rollDays } from './roll-days.ts';
import { stats } from './stats.ts';

const words: CommandWords = {
  de: {
    stats: ['statistik', 'Wie lebendig dieser Server ist: Nachrichten und Befehle, Tag für Tag'],
    'stats days': ['tage', 'Wie weit zurück; ohne Angabe 7 Tage'],
  },
  fr: {
    stats: ['statistiques', 'L’animation de ce serveur : messages et commandes, jour par jour'],
    'stats days': ['jours', 'Jusqu’où remonter ; par défaut 7 jours'],
  },
  es: {
    stats: ['estadísticas', 'La actividad de este servidor: mensajes y comandos, día a día'],
    'stats days': ['días', 'Cuánto tiempo atrás; por defecto, 7 días'],
  },
  ko: {
    stats: ['통계', '이 서버의 활동: 날짜별 메시지와 명령어 수'],
    'stats days': ['기간', '얼마나 거슬러 볼지, 기본은 7일이에요'],
  },
};

/** How lively a guild is. GuildMessages: that a message came, without its content. */
export const activity: Feature = {
  name: 'activity',
  title: { en: 'Activity', de: 'Aktivität', fr: 'Activité', es: 'Actividad', ko: '활동' },
  intents: [GatewayIntentBits.GuildMessages],
  commands: [stats],
  words,
  listeners: [countMessages],
  facts: [messageCounts],
  jobs: [rollDays],
};
