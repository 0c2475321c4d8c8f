import { defineWords } from '../../i18n/i18n.ts';

export const statsWords = defineWords({
  en: {
    title: 'This server in the last {days, number} days',
    columns: 'Each line: day, messages, commands used.',
    totals:
      '{messages, plural, one {# message} other {# messages}}, {uses, plural, one {# command} other {# commands}} used',
    none: 'Nothing has been counted yet. Please come back after a few messages or commands.',
    most: 'Most used commands',
    used: '{command}: {uses, number}',
    days: 'Days begin at 00:00 UTC. Messages are counted; what is in them is not stored.',
  },
  de: {
    title: 'Dieser Server in den letzten {days, number} Tagen',
    columns: 'Jede Zeile: Tag, Nachrichten, benutzte Befehle.',
    totals:
      '{messages, plural, one {# Nachricht} other {# Nachrichten}}, {uses, plural, one {# Befehl} other {# Befehle}} benutzt',
    none: 'Noch ist nichts gezählt. Schau wieder vorbei, wenn es Nachrichten oder Befehle gab.',
    most: 'Meistbenutzte Befehle',
    used: '{command}: {uses, number}',
    days: 'Tage beginnen um 00:00 UTC. Nachrichten werden gezählt; was in ihnen steht, wird nicht gespeichert.',
  },
  fr: {
    title: 'Ce serveur ces {days, number} derniers jours',
    columns: 'Chaque ligne : jour, messages, commandes utilisées.',
    totals:
      '{messages, plural, one {# message} other {# messages}}, {uses, plural, one {# commande utilisée} other {# commandes utilisées}}',
    none: 'Rien n’est encore compté. Revenez quand il y aura eu des messages ou des commandes.',
    most: 'Commandes les plus utilisées',
    used: '{command} : {uses, number}',
    days: 'Les jours commencent à 00:00 UTC. Les messages sont comptés ; leur contenu n’est pas conservé.',
  },
  es: {
    title: 'Este servidor en los últimos {days, number} días',
    columns: 'Cada línea: día, mensajes, comandos usados.',
    totals:
      '{messages, plural, one {# mensaje} other {# mensajes}}, {uses, plural, one {# comando usado} other {# comandos usados}}',
    none: 'Aún no se ha contado nada. Vuelve cuando haya habido mensajes o comandos.',
    most: 'Comandos más usados',
    used: '{command}: {uses, number}',
    days: 'Los días empiezan a las 00:00 UTC. Los mensajes se cuentan; su contenido no se guarda.',
  },
  ko: {
    title: '최근 {days, number}일 동안의 이 서버',
    columns: '각 줄: 날짜, 메시지 수, 사용한 명령어 수',
    totals: '{messages, plural, other {메시지 #개}}, {uses, plural, other {명령어 #번}} 사용',
    none: '아직 집계된 것이 없어요. 메시지나 명령어가 쌓이면 다시 확인해 주세요.',
    most: '가장 많이 쓴 명령어',
    used: '{command}: {uses, number}번',
    days: '하루는 UTC 00:00에 시작해요. 메시지는 수만 세고 내용은 저장하지 않아요.',
  },
});
