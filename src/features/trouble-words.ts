import { defineWords, verbatim, type Speech } from '../i18n/i18n.ts';
import { channelMention } from './discord-markup.ts';
import { permissionWords } from './permission-words.ts';
import type { Trouble } from './posting.ts';

/** What to do so that the bot can post in the channel; Markdown. */
export function troubleText(
  trouble: Trouble,
  channelId: string,
  speech: Speech,
): ReturnType<typeof verbatim> {
  const say = troubleWords.in(speech);
  const channel = channelMention(channelId);
  if (typeof trouble === 'string') return verbatim(say(trouble, { channel }));
  const permission = permissionWords.in(speech)(trouble.lacks);
  return verbatim(say('lacks', { channel, permission }));
}

export const troubleWords = defineWords({
  en: {
    gone: 'The channel or the message was deleted.',
    lacks: 'I need the permission **{permission}** in {channel}.',
    archived: 'The thread {channel} is archived.',
    refused: 'Discord did not accept it in {channel}. Please check what I may do there.',
  },
  de: {
    gone: 'Der Kanal oder die Nachricht wurde gelöscht.',
    lacks: 'Ich brauche die Berechtigung **{permission}** in {channel}.',
    archived: 'Der Thread {channel} ist archiviert.',
    refused: 'Discord hat es in {channel} nicht angenommen. Bitte prüfe, was ich dort darf.',
  },
  fr: {
    gone: 'Le salon ou le message a été supprimé.',
    lacks: 'J’ai besoin de la permission **{permission}** dans {channel}.',
    archived: 'Le fil {channel} est archivé.',
    refused: 'Discord ne l’a pas accepté dans {channel}. Veuillez vérifier ce que j’ai le droit d’y faire.',
  },
  es: {
    gone: 'El canal o el mensaje se ha eliminado.',
    lacks: 'Necesito el permiso **{permission}** en {channel}.',
    archived: 'El hilo {channel} está archivado.',
    refused: 'Discord no lo ha aceptado en {channel}. Comprueba qué puedo hacer allí.',
  },
  ko: {
    gone: '채널이나 메시지가 삭제되었어요.',
    lacks: '{channel}에서 **{permission}** 권한이 필요해요.',
    archived: '{channel} 스레드가 보관되었어요.',
    refused: '{channel}에서 Discord가 받아들이지 않았어요. 그곳에서 제게 허용된 것을 확인해 주세요.',
  },
});
