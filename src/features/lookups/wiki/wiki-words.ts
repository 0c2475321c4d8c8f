import { defineWords } from '../../../i18n/i18n.ts';

export const wikiWords = defineWords({
  en: {
    ambiguous: 'This name has several meanings: follow the link, or ask for one of them.',
    missing: 'Wikipedia has no article called “{term}”. Please check the spelling.',
    near: 'Wikipedia has no article called “{term}”. These come near it:\n{titles}',
  },
  de: {
    ambiguous: 'Dieser Name hat mehrere Bedeutungen: Folge dem Link oder frage nach einer davon.',
    missing: 'Wikipedia hat keinen Artikel namens „{term}“. Bitte prüfe die Schreibweise.',
    near: 'Wikipedia hat keinen Artikel namens „{term}“. Diese kommen ihm nahe:\n{titles}',
  },
  fr: {
    ambiguous: 'Ce nom a plusieurs sens : suivez le lien ou demandez l’un d’eux.',
    missing: 'Wikipédia n’a pas d’article nommé « {term} ». Vérifiez l’orthographe.',
    near: 'Wikipédia n’a pas d’article nommé « {term} ». Ceux-ci s’en approchent :\n{titles}',
  },
  es: {
    ambiguous: 'Este nombre tiene varios significados: sigue el enlace o pregunta por uno de ellos.',
    missing: 'Wikipedia no tiene ningún artículo llamado «{term}». Comprueba cómo se escribe.',
    near: 'Wikipedia no tiene ningún artículo llamado «{term}». Estos se le parecen:\n{titles}',
  },
  ko: {
    ambiguous: '여러 뜻이 있는 이름이에요. 링크를 열어 보거나 그중 하나를 찾아 주세요.',
    missing: '위키백과에 “{term}” 문서가 없어요. 철자를 확인해 주세요.',
    near: '위키백과에 “{term}” 문서가 없어요. 비슷한 문서예요:\n{titles}',
  },
});
