import { defineWords } from '../i18n/i18n.ts';

/** What to do so that the bot can post in `{channel}`; one text for each `Trouble`. */
export const troubleWords = defineWords({
  en: {
    gone: 'The channel or the message was deleted.',
    viewChannel: 'I need the permission **View Channel** in {channel}.',
    sendMessages: 'I need the permission **Send Messages** in {channel}.',
    archived: 'The thread {channel} is archived.',
    refused: 'Discord did not accept it in {channel}. Please check what I may do there.',
  },
  de: {
    gone: 'Der Kanal oder die Nachricht wurde gelöscht.',
    viewChannel: 'Ich brauche die Berechtigung **Kanal ansehen** in {channel}.',
    sendMessages: 'Ich brauche die Berechtigung **Nachrichten versenden** in {channel}.',
    archived: 'Der Thread {channel} ist archiviert.',
    refused: 'Discord hat es in {channel} nicht angenommen. Bitte prüfe, was ich dort darf.',
  },
  fr: {
    gone: 'Le salon ou le message a été supprimé.',
    viewChannel: 'J’ai besoin de la permission **Voir le salon** dans {channel}.',
    sendMessages: 'J’ai besoin de la permission **Envoyer des messages** dans {channel}.',
    archived: 'Le fil {channel} est archivé.',
    refused: 'Discord ne l’a pas accepté dans {channel}. Veuillez vérifier ce que j’ai le droit d’y faire.',
  },
  es: {
    gone: 'El canal o el mensaje se ha eliminado.',
    viewChannel: 'Necesito el permiso **Ver canal** en {channel}.',
    sendMessages: 'Necesito el permiso **Enviar mensajes** en {channel}.',
    archived: 'El hilo {channel} está archivado.',
    refused: 'Discord no lo ha aceptado en {channel}. Comprueba qué puedo hacer allí.',
  },
  ko: {
    gone: '채널이나 메시지가 삭제되었어요.',
    viewChannel: '{channel}에서 **채널 보기** 권한이 필요해요.',
    sendMessages: '{channel}에서 **메시지 보내기** 권한이 필요해요.',
    archived: '{channel} 스레드가 보관되었어요.',
    refused: '{channel}에서 Discord가 받아들이지 않았어요. 그곳에서 제게 허용된 것을 확인해 주세요.',
  },
});
