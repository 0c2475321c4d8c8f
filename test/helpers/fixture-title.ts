/** A feature of a test has one like any other. */
export const fixtureTitle = {
  en: 'Fixture',
  de: 'Prüfstück',
  fr: 'Essai',
  es: 'Prueba',
  ko: '시험',
} as const;
