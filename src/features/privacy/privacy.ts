import { defineCommand } from '../command.ts';
import type { CommandWords } from '../command-words.ts';
import type { Feature } from '../feature.ts';
import { confirmErasure, erase, keepData } from './erase.ts';
import { exportData } from './export.ts';

const command = defineCommand({
  name: 'privacy',
  description: 'What I store about you',
  subcommands: { export: exportData, delete: erase },
});

const words: CommandWords = {
  de: {
    privacy: ['datenschutz', 'Was ich über dich speichere'],
    'privacy export': ['exportieren', 'Gibt dir alles, was ich über dich speichere, als Datei'],
    'privacy delete': ['löschen', 'Löscht alles, was ich über dich speichere, nachdem du es bestätigt hast'],
  },
  fr: {
    privacy: ['confidentialité', 'Ce que je conserve à votre sujet'],
    'privacy export': ['exporter', 'Vous donne dans un fichier tout ce que je conserve à votre sujet'],
    'privacy delete': [
      'supprimer',
      'Supprime tout ce que je conserve à votre sujet, après votre confirmation',
    ],
  },
  es: {
    privacy: ['privacidad', 'Lo que guardo sobre ti'],
    'privacy export': ['exportar', 'Te da en un archivo todo lo que guardo sobre ti'],
    'privacy delete': ['borrar', 'Borra todo lo que guardo sobre ti, cuando lo hayas confirmado'],
  },
  ko: {
    privacy: ['개인정보', '저장된 내 정보'],
    'privacy export': ['내보내기', '저장된 내 정보를 모두 파일로 받아요'],
    'privacy delete': ['삭제', '확인을 거쳐 저장된 내 정보를 모두 지워요'],
  },
};

export const privacy: Feature = {
  name: 'privacy',
  title: { en: 'Your data', de: 'Deine Daten', fr: 'Vos données', es: 'Tus datos', ko: '내 정보' },
  intents: [],
  commands: [command],
  words,
  components: [confirmErasure, keepData],
  alwaysOn: true,
};
