/** A sentence that users read, in Vietnamese first and in English beside it. */
export interface Text {
  readonly vi: string;
  readonly en: string;
}

export type Language = 'vi' | 'en';

/** Vietnamese, unless the locale names another language that we speak. */
export function languageFromLocale(locale: string | undefined): Language {
  return locale !== undefined && /^en([_.-]|$)/i.test(locale) ? 'en' : 'vi';
}
