import { PermissionFlagsBits } from 'discord-api-types/v10';
import { defineWords, type Speech } from '../i18n/i18n.ts';

/** As Discord's client calls them in each language. */
export const permissionWords = defineWords({
  en: {
    ManageGuild: 'Manage Server',
    ManageChannels: 'Manage Channels',
    ManageRoles: 'Manage Roles',
    ManageMessages: 'Manage Messages',
    ManageEvents: 'Manage Events',
    ManageWebhooks: 'Manage Webhooks',
    KickMembers: 'Kick Members',
    BanMembers: 'Ban Members',
    ModerateMembers: 'Timeout Members',
    ViewChannel: 'View Channel',
    SendMessages: 'Send Messages',
    SendMessagesInThreads: 'Send Messages in Threads',
    EmbedLinks: 'Embed Links',
    AttachFiles: 'Attach Files',
    ReadMessageHistory: 'Read Message History',
    AddReactions: 'Add Reactions',
  },
  de: {
    ManageGuild: 'Server verwalten',
    ManageChannels: 'Kanäle verwalten',
    ManageRoles: 'Rollen verwalten',
    ManageMessages: 'Nachrichten verwalten',
    ManageEvents: 'Events verwalten',
    ManageWebhooks: 'WebHooks verwalten',
    KickMembers: 'Mitglieder kicken',
    BanMembers: 'Mitglieder bannen',
    ModerateMembers: 'Mitglieder im Timeout',
    ViewChannel: 'Kanal ansehen',
    SendMessages: 'Nachrichten senden',
    SendMessagesInThreads: 'Nachrichten in Threads senden',
    EmbedLinks: 'Links einbetten',
    AttachFiles: 'Dateien anhängen',
    ReadMessageHistory: 'Nachrichtenverlauf anzeigen',
    AddReactions: 'Reaktionen hinzufügen',
  },
  fr: {
    ManageGuild: 'Gérer le serveur',
    ManageChannels: 'Gérer les salons',
    ManageRoles: 'Gérer les rôles',
    ManageMessages: 'Gérer les messages',
    ManageEvents: 'Gérer les événements',
    ManageWebhooks: 'Gérer les webhooks',
    KickMembers: 'Expulser des membres',
    BanMembers: 'Bannir des membres',
    ModerateMembers: 'Exclure temporairement des membres',
    ViewChannel: 'Voir le salon',
    SendMessages: 'Envoyer des messages',
    SendMessagesInThreads: 'Envoyer des messages dans les fils',
    EmbedLinks: 'Intégrer des liens',
    AttachFiles: 'Joindre des fichiers',
    ReadMessageHistory: 'Voir les anciens messages',
    AddReactions: 'Ajouter des réactions',
  },
  es: {
    ManageGuild: 'Gestionar servidor',
    ManageChannels: 'Gestionar canales',
    ManageRoles: 'Gestionar roles',
    ManageMessages: 'Gestionar mensajes',
    ManageEvents: 'Gestionar eventos',
    ManageWebhooks: 'Gestionar webhooks',
    KickMembers: 'Expulsar miembros',
    BanMembers: 'Banear miembros',
    ModerateMembers: 'Aislar temporalmente a miembros',
    ViewChannel: 'Ver canal',
    SendMessages: 'Enviar mensajes',
    SendMessagesInThreads: 'Enviar mensajes en hilos',
    EmbedLinks: 'Insertar enlaces',
    AttachFiles: 'Adjuntar archivos',
    ReadMessageHistory: 'Leer el historial de mensajes',
    AddReactions: 'Añadir reacciones',
  },
  ko: {
    ManageGuild: '서버 관리하기',
    ManageChannels: '채널 관리하기',
    ManageRoles: '역할 관리하기',
    ManageMessages: '메시지 관리하기',
    ManageEvents: '이벤트 관리하기',
    ManageWebhooks: '웹후크 관리하기',
    KickMembers: '멤버 추방하기',
    BanMembers: '멤버 차단하기',
    ModerateMembers: '멤버 타임아웃',
    ViewChannel: '채널 보기',
    SendMessages: '메시지 보내기',
    SendMessagesInThreads: '스레드에서 메시지 보내기',
    EmbedLinks: '링크 첨부',
    AttachFiles: '파일 첨부',
    ReadMessageHistory: '메시지 기록 보기',
    AddReactions: '반응 추가하기',
  },
});

type Named = keyof typeof permissionWords.texts.en;

/** The permissions of `bits` in the reader's language, after one another; empty for none. */
export function permissionNames(bits: bigint, speech: Speech): string {
  const say = permissionWords.in(speech);
  const names = Object.entries(PermissionFlagsBits)
    .filter(([, bit]) => (bits & bit) !== 0n)
    .map(([name]) => (isNamed(name) ? say(name) : spaced(name)));
  return new Intl.ListFormat(speech.locale, { type: 'conjunction' }).format(names);
}

/** Of `needed` what `held` lacks (bit sets). Administrators have them all. */
export function lackingPermissions(needed: bigint, held: bigint): bigint {
  return (held & PermissionFlagsBits.Administrator) === 0n ? needed & ~held : 0n;
}

function isNamed(name: string): name is Named {
  return Object.hasOwn(permissionWords.texts.en, name);
}

/** In English, where none of our commands needs it. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}
