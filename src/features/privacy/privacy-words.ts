import { defineWords } from '../../i18n/i18n.ts';

export const privacyWords = defineWords({
  en: {
    nothing: 'I store nothing about you.',
    exported: 'I store {count, plural, one {# thing} other {# things}} about you; the file has everything.',
    ask: 'I store {count, plural, one {# thing} other {# things}} about you. Delete everything? It cannot be brought back. </privacy export> gives you a copy first.',
    erase: 'Delete everything',
    keep: 'Keep it',
    erased: 'Deleted: {count, plural, one {# thing} other {# things}} about you.',
    kept: 'Nothing was deleted.',
  },
  de: {
    nothing: 'Ich speichere nichts über dich.',
    exported:
      'Ich speichere {count, plural, one {# Eintrag} other {# Einträge}} über dich; die Datei enthält alles.',
    ask: 'Ich speichere {count, plural, one {# Eintrag} other {# Einträge}} über dich. Alles löschen? Das lässt sich nicht rückgängig machen. </privacy export> gibt dir vorher eine Kopie.',
    erase: 'Alles löschen',
    keep: 'Behalten',
    erased: 'Gelöscht: {count, plural, one {# Eintrag} other {# Einträge}} über dich.',
    kept: 'Es wurde nichts gelöscht.',
  },
  fr: {
    nothing: 'Je ne conserve rien à votre sujet.',
    exported:
      'Je conserve {count, plural, one {# élément} other {# éléments}} à votre sujet ; le fichier contient tout.',
    ask: 'Je conserve {count, plural, one {# élément} other {# éléments}} à votre sujet. Tout supprimer ? C’est irréversible. </privacy export> vous en donne d’abord une copie.',
    erase: 'Tout supprimer',
    keep: 'Conserver',
    erased: 'Supprimé : {count, plural, one {# élément} other {# éléments}} à votre sujet.',
    kept: 'Rien n’a été supprimé.',
  },
  es: {
    nothing: 'No guardo nada sobre ti.',
    exported: 'Guardo {count, plural, one {# dato} other {# datos}} sobre ti; el archivo lo contiene todo.',
    ask: 'Guardo {count, plural, one {# dato} other {# datos}} sobre ti. ¿Borrarlo todo? No se puede deshacer. </privacy export> te da antes una copia.',
    erase: 'Borrarlo todo',
    keep: 'Conservarlo',
    erased: 'Borrado: {count, plural, one {# dato} other {# datos}} sobre ti.',
    kept: 'No se ha borrado nada.',
  },
  ko: {
    nothing: '저장된 정보가 없어요.',
    exported: '{count, plural, other {정보 #개}}를 저장하고 있어요. 파일에 모두 들어 있어요.',
    ask: '{count, plural, other {정보 #개}}를 저장하고 있어요. 모두 지울까요? 되돌릴 수 없어요. 먼저 </privacy export> 명령어로 사본을 받을 수 있어요.',
    erase: '모두 지우기',
    keep: '그대로 두기',
    erased: '지웠어요: {count, plural, other {정보 #개}}.',
    kept: '지운 것이 없어요.',
  },
});
