import { defineWords } from '../i18n/i18n.ts';

/** What to do so that the bot can post in `{channel}`; one text for each `Trouble`. */
export const troubleWords = defineWords({
  en: {
    gone: 'The channel or the message was deleted.',
    viewChannel: 'I need the permission **View Channel** in {channel}.',
    sendMessages: 'I need the permission **Send Messages** in {channel}.',
    archived: 'The thread {channel} is archived.',
  },
  de: {
    gone: 'Der Kanal oder die Nachricht wurde gelöscht.',
    viewChannel: 'Ich brauche die Berechtigung **Kanal ansehen** in {channel}.',
    sendMessages: 'Ich brauche die Berechtigung **Nachrichten versenden** in {channel}.',
    archived: 'Der Thread {channel} ist archiviert.',
  },
  fr: {
    gone: 'Le salon ou le message a été supprimé.',
    viewChannel: 'J’ai besoin de la permission **Voir le salon** dans {channel}.',
    sendMessages: 'J’ai besoin de la permission **Envoyer des messages** dans {channel}.',
    archived: 'Le fil {channel} est archivé.',
  },
  es: {
    gone: 'El canal o el mensaje se ha eliminado.',
    viewChannel: 'Necesito el permiso **Ver canal** en {channel}.',
    sendMessages: 'Necesito el permiso **Enviar mensajes** en {channel}.',
    archived: 'El hilo {channel} está archivado.',
  },
  ko: {
    gone: '채널이나 메시지가 삭제되었어요.',
    viewChannel: '{channel}에서 **채널 보기** 권한이 필요해요.',
    sendMessages: '{channel}에서 **메시지 보내기** 권한이 필요해요.',
    archived: '{channel} 스레드가 보관되었어요.',
  },
});
