import { defineWords } from '../../i18n/i18n.ts';

/** Which commands and families members may use. */
export const ruleWords = defineWords({
  en: {
    notAFamily:
      'There is no family “{given}” that can be switched off. Please choose one from the list that Discord shows while you type.',
    familyIsOn: 'Switched on: {family}',
    familyIsOff: 'Switched off: {family}. Its buttons do not work either.',
    notACommand:
      'There is no command “{given}” that has rules. Please choose one from the list that Discord shows while you type.',
    state: 'State',
    isOn: 'switched on',
    isOff: 'switched off',
    cooldown: 'Cooldown',
    noCooldown: 'none of its own',
    roles: 'Who may use it',
    everybody: 'everybody',
    chooseRoles: 'Roles that may use it; none: everybody',
  },
  de: {
    notAFamily:
      'Es gibt keine Familie „{given}“, die sich ausschalten lässt. Bitte wähle eine aus der Liste, die Discord beim Tippen zeigt.',
    familyIsOn: 'Eingeschaltet: {family}',
    familyIsOff: 'Ausgeschaltet: {family}. Auch die Knöpfe gehen nicht.',
    notACommand:
      'Es gibt keinen Befehl „{given}“, für den Regeln gelten. Bitte wähle einen aus der Liste, die Discord beim Tippen zeigt.',
    state: 'Zustand',
    isOn: 'eingeschaltet',
    isOff: 'ausgeschaltet',
    cooldown: 'Wartezeit',
    noCooldown: 'keine eigene',
    roles: 'Wer ihn benutzen darf',
    everybody: 'alle',
    chooseRoles: 'Rollen, die ihn benutzen dürfen; keine: alle',
  },
  fr: {
    notAFamily:
      'Il n’y a pas de famille « {given} » que l’on puisse désactiver. Veuillez en choisir une dans la liste que Discord affiche pendant la saisie.',
    familyIsOn: 'Activée : {family}',
    familyIsOff: 'Désactivée : {family}. Ses boutons ne marchent pas non plus.',
    notACommand:
      'Il n’y a pas de commande « {given} » qui ait des règles. Veuillez en choisir une dans la liste que Discord affiche pendant la saisie.',
    state: 'État',
    isOn: 'active',
    isOff: 'désactivée',
    cooldown: 'Délai',
    noCooldown: 'aucun délai propre',
    roles: 'Qui peut l’utiliser',
    everybody: 'tout le monde',
    chooseRoles: 'Rôles qui peuvent l’utiliser ; aucun : tout le monde',
  },
  es: {
    notAFamily:
      'No hay ninguna familia «{given}» que se pueda desactivar. Elige una de la lista que Discord muestra mientras escribes.',
    familyIsOn: 'Activada: {family}',
    familyIsOff: 'Desactivada: {family}. Sus botones tampoco funcionan.',
    notACommand:
      'No hay ningún comando «{given}» que tenga reglas. Elige uno de la lista que Discord muestra mientras escribes.',
    state: 'Estado',
    isOn: 'activo',
    isOff: 'desactivado',
    cooldown: 'Espera',
    noCooldown: 'ninguna propia',
    roles: 'Quién puede usarlo',
    everybody: 'todos',
    chooseRoles: 'Roles que pueden usarlo; ninguno: todos',
  },
  ko: {
    notAFamily: '끌 수 있는 기능 중에 “{given}”은 없어요. 입력할 때 Discord가 보여주는 목록에서 골라 주세요.',
    familyIsOn: '켰어요: {family}',
    familyIsOff: '껐어요: {family}. 버튼도 작동하지 않아요.',
    notACommand:
      '규칙을 둘 수 있는 명령어 중에 “{given}”은 없어요. 입력할 때 Discord가 보여주는 목록에서 골라 주세요.',
    state: '상태',
    isOn: '켜짐',
    isOff: '꺼짐',
    cooldown: '대기 시간',
    noCooldown: '따로 없음',
    roles: '쓸 수 있는 역할',
    everybody: '모두',
    chooseRoles: '쓸 수 있는 역할, 없으면 모두',
  },
});
