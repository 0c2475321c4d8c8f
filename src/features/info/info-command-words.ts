import type { CommandWords } from '../command-words.ts';

export const infoCommandWords: CommandWords = {
  de: {
    help: ['hilfe', 'Was ich kann und wie es geht'],
    'help search': ['suche', 'Ein Befehl oder was du tun möchtest'],
    ping: ['ping', 'Wie schnell der Bot antwortet und welcher Shard dich bedient'],
    about: ['info', 'Was dieser Bot ist und wie es seinen Shards geht'],
    health: [
      'zustand',
      'Für alle, die den Bot betreiben: Cluster, Sicherungen, Caches, Warteschlangen, Aufgaben',
    ],
  },
  fr: {
    help: ['aide', 'Ce que je sais faire, et comment'],
    'help search': ['recherche', 'Une commande, ou ce que vous voulez faire'],
    ping: ['ping', 'La vitesse de réponse du bot et le shard qui vous sert'],
    about: ['infos', 'Ce qu’est ce bot, et l’état de ses shards'],
    health: ['état', 'Pour ceux qui gèrent le bot : grappe, disjoncteurs, caches, files et tâches'],
  },
  es: {
    help: ['ayuda', 'Lo que sé hacer y cómo'],
    'help search': ['buscar', 'Un comando o lo que quieres hacer'],
    ping: ['ping', 'La rapidez con que responde el bot y qué shard te atiende'],
    about: ['info', 'Qué es este bot y cómo están sus shards'],
    health: ['estado', 'Para quienes gestionan el bot: clúster, disyuntores, cachés, colas y tareas'],
  },
  ko: {
    help: ['도움말', '제가 할 수 있는 일과 사용법'],
    'help search': ['검색', '명령어나 하고 싶은 일'],
    ping: ['핑', '봇이 얼마나 빨리 응답하는지, 어느 샤드가 담당하는지'],
    about: ['소개', '이 봇이 무엇인지, 샤드 상태는 어떤지'],
    health: ['상태', '봇 운영자를 위한 클러스터, 차단기, 캐시, 대기열, 작업 현황'],
  },
};
