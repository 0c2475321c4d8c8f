/** What `/settings reset` offers. Discord shows them while somebody types, from what is registered. */
export const resetChoices = [
  {
    name: 'Everything',
    value: 'everything',
    names: { de: 'Alles', fr: 'Tout', es: 'Todo', ko: '전부' },
  },
  { name: 'Language', value: 'locale', names: { de: 'Sprache', fr: 'Langue', es: 'Idioma', ko: '언어' } },
  {
    name: 'Time zone',
    value: 'timeZone',
    names: { de: 'Zeitzone', fr: 'Fuseau horaire', es: 'Zona horaria', ko: '시간대' },
  },
  {
    name: 'Log channel',
    value: 'logChannel',
    names: { de: 'Protokollkanal', fr: 'Salon de journal', es: 'Canal de registro', ko: '로그 채널' },
  },
  {
    name: 'Accent colour',
    value: 'accentColour',
    names: { de: 'Akzentfarbe', fr: 'Couleur d’accent', es: 'Color de acento', ko: '강조 색' },
  },
  {
    name: 'Families switched off',
    value: 'families',
    names: {
      de: 'Ausgeschaltete Familien',
      fr: 'Familles désactivées',
      es: 'Familias desactivadas',
      ko: '꺼 둔 기능',
    },
  },
  {
    name: 'Rules for commands',
    value: 'commands',
    names: {
      de: 'Regeln für Befehle',
      fr: 'Règles des commandes',
      es: 'Reglas de los comandos',
      ko: '명령어 규칙',
    },
  },
] as const;
