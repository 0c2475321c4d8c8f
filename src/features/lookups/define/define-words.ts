import { defineWords } from '../../../i18n/i18n.ts';

export const defineCommandWords = defineWords({
  en: {
    missing:
      'I do not know the English word “{word}”. Please check the spelling; I look up neither names nor other languages.',
    synonyms: 'Similar words:',
  },
  de: {
    missing:
      'Das englische Wort „{word}“ kenne ich nicht. Bitte prüfe die Schreibweise; Namen und andere Sprachen schlage ich nicht nach.',
    synonyms: 'Ähnliche Wörter:',
  },
  fr: {
    missing:
      'Je ne connais pas le mot anglais « {word} ». Vérifiez l’orthographe ; je ne cherche ni noms propres ni autres langues.',
    synonyms: 'Mots proches :',
  },
  es: {
    missing:
      'No conozco la palabra inglesa «{word}». Comprueba cómo se escribe; no busco nombres ni otros idiomas.',
    synonyms: 'Palabras parecidas:',
  },
  ko: {
    missing:
      '“{word}”라는 영어 단어를 찾지 못했어요. 철자를 확인해 주세요. 이름이나 다른 언어는 찾아 드리지 않아요.',
    synonyms: '비슷한 말:',
  },
});
