import { defineWords } from '../../../i18n/i18n.ts';

export const convertWords = defineWords({
  en: {
    noAmount:
      'I cannot convert the amount “{given}”. Please write a number like `12.5`, at most {max, number}.',
    noUnit: 'I do not know the unit “{given}”. Please choose one from the list that appears while you type.',
    unlike: '{from} cannot become {to}: they do not measure the same thing.',
    belowNothing: 'That is less than there can be. Please choose a larger amount.',
    noCurrency: 'I know no rate for “{given}”. Please use a code like `EUR`, or choose one from the list.',
    rate: '1 {from} = {rate} {to} · rates of {when}',
  },
  de: {
    noAmount:
      '„{given}“ ist kein Betrag, den ich umrechnen kann. Bitte schreibe eine Zahl wie `12,5`, höchstens {max, number}.',
    noUnit: 'Eine Einheit „{given}“ kenne ich nicht. Wähle eine aus der Liste, die beim Tippen erscheint.',
    unlike: 'Aus {from} kann nicht {to} werden: Sie messen nicht dasselbe.',
    belowNothing: 'So wenig kann es nicht geben. Bitte wähle einen größeren Wert.',
    noCurrency:
      'Für „{given}“ kenne ich keinen Kurs. Bitte nimm einen Code wie `EUR` oder wähle einen aus der Liste.',
    rate: '1 {from} = {rate} {to} · Kurse vom {when}',
  },
  fr: {
    noAmount:
      '« {given} » n’est pas un montant que je peux convertir. Écrivez un nombre comme `12,5`, au plus {max, number}.',
    noUnit:
      'Je ne connais pas l’unité « {given} ». Choisissez-en une dans la liste qui apparaît pendant la saisie.',
    unlike: '{from} ne peut pas devenir {to} : ils ne mesurent pas la même chose.',
    belowNothing: 'C’est moins que ce qui est possible. Choisissez une valeur plus grande.',
    noCurrency:
      'Je ne connais pas de taux pour « {given} ». Utilisez un code comme `EUR` ou choisissez dans la liste.',
    rate: '1 {from} = {rate} {to} · taux du {when}',
  },
  es: {
    noAmount:
      '«{given}» no es una cantidad que pueda convertir. Escribe un número como `12,5`, como máximo {max, number}.',
    noUnit: 'No conozco la unidad «{given}». Elige una de la lista que aparece al escribir.',
    unlike: '{from} no puede convertirse en {to}: no miden lo mismo.',
    belowNothing: 'Es menos de lo que puede haber. Elige un valor mayor.',
    noCurrency:
      'No conozco ningún tipo de cambio para «{given}». Usa un código como `EUR` o elige uno de la lista.',
    rate: '1 {from} = {rate} {to} · tipos del {when}',
  },
  ko: {
    noAmount:
      '“{given}”은(는) 변환할 수 있는 값이 아니에요. `12.5`처럼 {max, number} 이하의 숫자를 써 주세요.',
    noUnit: '“{given}” 단위를 몰라요. 입력할 때 나오는 목록에서 골라 주세요.',
    unlike: '{from}은(는) {to}(으)로 바꿀 수 없어요. 서로 다른 것을 재는 단위예요.',
    belowNothing: '있을 수 있는 값보다 작아요. 더 큰 값을 써 주세요.',
    noCurrency: '“{given}”의 환율을 몰라요. `EUR` 같은 코드를 쓰거나 목록에서 골라 주세요.',
    rate: '1 {from} = {rate} {to} · {when} 환율',
  },
});
