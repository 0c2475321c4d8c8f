import { defineWords } from '../../i18n/i18n.ts';

/** Settings that leave as a file and come back from one. */
export const transferWords = defineWords({
  en: {
    exported:
      'These are all the settings of this server. </settings import> reads the file in again, on another server too.',
    importAsk: 'Import these settings?',
    importNote:
      'This is how it will be. The log channel of another server is left out, and nobody here has its roles.',
    import: 'Import',
    fileGone: 'The file is not there any more. Please import it again.',
    fileTooLarge: 'The file is too large: it may have at most {max, number} bytes.',
    fileNoJson: 'The file is not JSON. Please use one that </settings export> has made.',
    fileUnreachable: 'Discord did not give me the file. Please try again in a moment.',
    fileWrong: 'This is wrong in the file:',
  },
  de: {
    exported:
      'Das sind alle Einstellungen dieses Servers. </settings import> nimmt die Datei wieder an, auch auf einem anderen Server.',
    importAsk: 'Diese Einstellungen übernehmen?',
    importNote:
      'So wird es sein. Der Protokollkanal eines anderen Servers wird ausgelassen, und dessen Rollen hat hier niemand.',
    import: 'Übernehmen',
    fileGone: 'Die Datei ist nicht mehr da. Bitte importiere sie noch einmal.',
    fileTooLarge: 'Die Datei ist zu groß: Sie darf höchstens {max, number} Bytes haben.',
    fileNoJson: 'Die Datei ist kein JSON. Bitte nimm eine, die </settings export> gemacht hat.',
    fileUnreachable: 'Discord hat mir die Datei nicht gegeben. Bitte versuche es gleich noch einmal.',
    fileWrong: 'Das stimmt in der Datei nicht:',
  },
  fr: {
    exported:
      'Voici tous les paramètres de ce serveur. </settings import> reprend le fichier, aussi sur un autre serveur.',
    importAsk: 'Importer ces paramètres ?',
    importNote:
      'Voici comment ce sera. Le salon de journal d’un autre serveur est laissé de côté, et personne n’a ses rôles ici.',
    import: 'Importer',
    fileGone: 'Le fichier n’est plus là. Veuillez l’importer de nouveau.',
    fileTooLarge: 'Le fichier est trop grand : il peut avoir au plus {max, number} octets.',
    fileNoJson: 'Le fichier n’est pas du JSON. Veuillez en utiliser un que </settings export> a fait.',
    fileUnreachable: 'Discord ne m’a pas donné le fichier. Veuillez réessayer dans un instant.',
    fileWrong: 'Voici ce qui ne va pas dans le fichier :',
  },
  es: {
    exported:
      'Estos son todos los ajustes de este servidor. </settings import> acepta el archivo de nuevo, también en otro servidor.',
    importAsk: '¿Importar estos ajustes?',
    importNote: 'Así quedará. El canal de registro de otro servidor se omite, y aquí nadie tiene sus roles.',
    import: 'Importar',
    fileGone: 'El archivo ya no está. Impórtalo de nuevo.',
    fileTooLarge: 'El archivo es demasiado grande: puede tener como máximo {max, number} bytes.',
    fileNoJson: 'El archivo no es JSON. Usa uno que haya hecho </settings export>.',
    fileUnreachable: 'Discord no me ha dado el archivo. Inténtalo de nuevo en un momento.',
    fileWrong: 'Esto está mal en el archivo:',
  },
  ko: {
    exported:
      '이 서버의 모든 설정이에요. </settings import> 명령어로 다시 가져올 수 있고, 다른 서버에서도 돼요.',
    importAsk: '이 설정을 가져올까요?',
    importNote:
      '이렇게 바뀌어요. 다른 서버의 로그 채널은 빼고, 다른 서버의 역할은 여기서 아무도 갖고 있지 않아요.',
    import: '가져오기',
    fileGone: '파일이 더 이상 없어요. 다시 가져와 주세요.',
    fileTooLarge: '파일이 너무 커요. {max, number}바이트까지 돼요.',
    fileNoJson: 'JSON 파일이 아니에요. </settings export> 명령어로 만든 파일을 써 주세요.',
    fileUnreachable: 'Discord에서 파일을 받지 못했어요. 잠시 후 다시 시도해 주세요.',
    fileWrong: '파일에서 잘못된 곳이에요:',
  },
});
