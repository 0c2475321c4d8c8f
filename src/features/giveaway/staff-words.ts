import { defineWords } from '../../i18n/i18n.ts';

/** What is said to whoever runs giveaways. */
export const staffWords = defineWords({
  en: {
    noPrize: 'Please say what can be won.',
    full: 'There are already {max, number} open giveaways here. Please end or cancel one of them first.',
    unknownOpen:
      'I cannot find that open giveaway here. Please choose one from the list that I offer while you type.',
    unknownDrawn:
      'I cannot find that giveaway here, or it has not been drawn yet. Please choose one from the list that I offer.',
    ending: 'The giveaway “{prize}” ends now. Its winners are announced in {channel}.',
    drawnAgain: 'Drawn again: {winners}. I announce it in {channel}.',
    nobodyLeft: 'Everybody who entered has won already, so there is nobody left to draw.',
    endAsk:
      'Do you want to end the giveaway “{prize}” now? Its winners are drawn at once, and it cannot be taken back.',
    endYes: 'End it and draw',
    rerollAsk:
      'Do you want to draw {count, plural, one {# more winner} other {# more winners}} of the giveaway “{prize}”? Those who have won before stay in its message, and it cannot be taken back.',
    rerollYes: 'Draw again',
    drawnOften: 'This giveaway was drawn {max, number} times already, which is as often as it can be.',
    cancelAsk: 'Do you want to cancel the giveaway “{prize}”? Nobody will win, and it cannot be taken back.',
    cancelYes: 'Cancel the giveaway',
    keep: 'Leave it as it is',
    cancelDone: 'The giveaway is cancelled, and its message says so.',
    cancelLate: 'It is over already, so it cannot be cancelled.',
    kept: 'The giveaway stays as it is.',
    notShown:
      'The giveaway “{prize}” in {channel} is over, but I could not show that there. {reason}\nThe winners: {winners}',
    none: 'none',
  },
  de: {
    noPrize: 'Bitte sag, was es zu gewinnen gibt.',
    full: 'Hier laufen schon {max, number} Verlosungen. Bitte beende zuerst eine davon oder sage sie ab.',
    unknownOpen:
      'Diese laufende Verlosung finde ich hier nicht. Bitte wähle eine aus der Liste, die ich dir beim Tippen anbiete.',
    unknownDrawn:
      'Diese Verlosung finde ich hier nicht, oder sie ist noch nicht gezogen. Bitte wähle eine aus der Liste, die ich dir anbiete.',
    ending: 'Die Verlosung „{prize}“ endet jetzt. Wer gewonnen hat, steht gleich in {channel}.',
    drawnAgain: 'Neu gezogen: {winners}. Ich gebe es in {channel} bekannt.',
    nobodyLeft: 'Alle, die teilgenommen haben, haben schon gewonnen; es ist niemand mehr übrig.',
    endAsk:
      'Möchtest du die Verlosung „{prize}“ jetzt beenden? Es wird sofort gezogen, und es lässt sich nicht zurücknehmen.',
    endYes: 'Beenden und ziehen',
    rerollAsk:
      'Möchtest du bei der Verlosung „{prize}“ {count, plural, one {# weiteren Gewinn} other {# weitere Gewinne}} ziehen? Wer schon gewonnen hat, bleibt in ihrer Nachricht stehen, und es lässt sich nicht zurücknehmen.',
    rerollYes: 'Neu ziehen',
    drawnOften: 'Bei dieser Verlosung wurde schon {max, number} Mal gezogen, öfter geht es nicht.',
    cancelAsk:
      'Möchtest du die Verlosung „{prize}“ absagen? Niemand gewinnt dann, und es lässt sich nicht zurücknehmen.',
    cancelYes: 'Verlosung absagen',
    keep: 'So lassen',
    cancelDone: 'Die Verlosung ist abgesagt, und ihre Nachricht sagt das auch.',
    cancelLate: 'Sie ist schon vorbei und lässt sich nicht mehr absagen.',
    kept: 'Die Verlosung bleibt, wie sie ist.',
    notShown:
      'Die Verlosung „{prize}“ in {channel} ist vorbei, aber ich konnte das dort nicht zeigen. {reason}\nGewonnen haben: {winners}',
    none: 'niemand',
  },
  fr: {
    noPrize: 'Veuillez dire ce qu’il y a à gagner.',
    full: 'Il y a déjà {max, number} tirages au sort en cours ici. Veuillez d’abord en terminer ou en annuler un.',
    unknownOpen:
      'Je ne trouve pas ce tirage au sort en cours ici. Veuillez en choisir un dans la liste que je propose.',
    unknownDrawn:
      'Je ne trouve pas ce tirage au sort ici, ou il n’a pas encore été tiré. Veuillez en choisir un dans la liste que je propose.',
    ending: 'Le tirage au sort « {prize} » se termine maintenant. Les gagnants sont annoncés dans {channel}.',
    drawnAgain: 'Nouveau tirage : {winners}. Je l’annonce dans {channel}.',
    nobodyLeft: 'Tous les participants ont déjà gagné, il ne reste personne à tirer.',
    endAsk:
      'Voulez-vous terminer le tirage au sort « {prize} » maintenant ? Les gagnants sont tirés aussitôt, et c’est définitif.',
    endYes: 'Terminer et tirer',
    rerollAsk:
      'Voulez-vous tirer encore {count, plural, one {# gagnant} other {# gagnants}} du tirage au sort « {prize} » ? Les gagnants précédents restent dans son message, et c’est définitif.',
    rerollYes: 'Tirer à nouveau',
    drawnOften: 'Ce tirage au sort a été tiré {max, number} fois, et il ne peut pas l’être plus souvent.',
    cancelAsk: 'Voulez-vous annuler le tirage au sort « {prize} » ? Personne ne gagnera, et c’est définitif.',
    cancelYes: 'Annuler le tirage au sort',
    keep: 'Ne rien changer',
    cancelDone: 'Le tirage au sort est annulé, et son message le dit.',
    cancelLate: 'Il est déjà terminé et ne peut plus être annulé.',
    kept: 'Le tirage au sort reste tel quel.',
    notShown:
      'Le tirage au sort « {prize} » dans {channel} est terminé, mais je n’ai pas pu le montrer là-bas. {reason}\nGagnants : {winners}',
    none: 'aucun',
  },
  es: {
    noPrize: 'Di qué se puede ganar.',
    full: 'Ya hay {max, number} sorteos abiertos aquí. Termina o cancela antes uno de ellos.',
    unknownOpen: 'No encuentro ese sorteo abierto aquí. Elige uno de la lista que te ofrezco al escribir.',
    unknownDrawn:
      'No encuentro ese sorteo aquí, o aún no se ha sorteado. Elige uno de la lista que te ofrezco.',
    ending: 'El sorteo «{prize}» termina ahora. Los ganadores se anuncian en {channel}.',
    drawnAgain: 'Nuevo sorteo: {winners}. Lo anuncio en {channel}.',
    nobodyLeft: 'Todos los que participaron ya han ganado; no queda nadie.',
    endAsk:
      '¿Quieres terminar ahora el sorteo «{prize}»? Los ganadores se sortean enseguida, y no se puede deshacer.',
    endYes: 'Terminar y sortear',
    rerollAsk:
      '¿Quieres sortear {count, plural, one {# ganador más} other {# ganadores más}} del sorteo «{prize}»? Quienes ya ganaron siguen en su mensaje, y no se puede deshacer.',
    rerollYes: 'Sortear de nuevo',
    drawnOften: 'Este sorteo ya se ha sorteado {max, number} veces, y no puede ser más.',
    cancelAsk: '¿Quieres cancelar el sorteo «{prize}»? Nadie ganará, y no se puede deshacer.',
    cancelYes: 'Cancelar el sorteo',
    keep: 'Dejarlo como está',
    cancelDone: 'El sorteo está cancelado, y su mensaje lo dice.',
    cancelLate: 'Ya ha terminado y no se puede cancelar.',
    kept: 'El sorteo queda como está.',
    notShown:
      'El sorteo «{prize}» en {channel} ha terminado, pero no he podido mostrarlo allí. {reason}\nGanadores: {winners}',
    none: 'ninguno',
  },
  ko: {
    noPrize: '무엇을 받을 수 있는지 적어 주세요.',
    full: '이곳에는 진행 중인 추첨이 이미 {max, number}개 있어요. 먼저 하나를 끝내거나 취소해 주세요.',
    unknownOpen: '진행 중인 그 추첨을 찾을 수 없어요. 입력할 때 보여 드리는 목록에서 골라 주세요.',
    unknownDrawn: '그 추첨을 찾을 수 없거나 아직 추첨하지 않았어요. 보여 드리는 목록에서 골라 주세요.',
    ending: '“{prize}” 추첨을 지금 끝내요. 당첨자는 {channel}에서 발표해요.',
    drawnAgain: '다시 추첨했어요: {winners}. {channel}에서 발표해요.',
    nobodyLeft: '참여한 분이 모두 이미 당첨되어 남은 분이 없어요.',
    endAsk: '“{prize}” 추첨을 지금 끝낼까요? 바로 당첨자를 뽑고, 되돌릴 수 없어요.',
    endYes: '끝내고 뽑기',
    rerollAsk:
      '“{prize}” 추첨에서 {count, plural, other {#명}}을 더 뽑을까요? 이전 당첨자는 메시지에 그대로 남고, 되돌릴 수 없어요.',
    rerollYes: '다시 뽑기',
    drawnOften: '이미 {max, number}번 추첨해서 더 이상 뽑을 수 없어요.',
    cancelAsk: '“{prize}” 추첨을 취소할까요? 당첨자가 없게 되고, 되돌릴 수 없어요.',
    cancelYes: '추첨 취소하기',
    keep: '그대로 두기',
    cancelDone: '추첨을 취소했고, 메시지에도 표시했어요.',
    cancelLate: '이미 끝나서 취소할 수 없어요.',
    kept: '추첨을 그대로 두었어요.',
    notShown: '{channel}의 “{prize}” 추첨이 끝났지만 그곳에 보여 드리지 못했어요. {reason}\n당첨: {winners}',
    none: '없음',
  },
});
