import { defineWords } from '../../../i18n/i18n.ts';

export const defineCommandWords = defineWords({
  en: {
    missing:
      'I know no English word “{word}”. Please check the spelling; names and other languages are not in it.',
    synonyms: 'Similar words:',
  },
  de: {
    missing:
      'Ein englisches Wort „{word}“ kenne ich nicht. Bitte prüfe die Schreibweise; Namen und andere Sprachen stehen nicht darin.',
    synonyms: 'Ähnliche Wörter:',
  },
  fr: {
    missing:
      'Je ne connais pas de mot anglais « {word} ». Vérifiez l’orthographe ; les noms propres et les autres langues n’y sont pas.',
    synonyms: 'Mots proches :',
  },
  es: {
    missing:
      'No conozco ninguna palabra inglesa «{word}». Comprueba cómo se escribe; los nombres y otros idiomas no están.',
    synonyms: 'Palabras parecidas:',
  },
  ko: {
    missing: '“{word}”라는 영어 단어를 찾지 못했어요. 철자를 확인해 주세요. 이름이나 다른 언어는 없어요.',
    synonyms: '비슷한 말:',
  },
});
