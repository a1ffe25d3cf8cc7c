// The two languages in which yika speaks to people. Codes, keys and file contents never depend on them.

export const LANGUAGES = ['en', 'zh'] as const;

export type Language = (typeof LANGUAGES)[number];

/** One text in every language. */
export type Text = Readonly<Record<Language, string>>;

export function isLanguage(text: string): text is Language {
  return (LANGUAGES as readonly string[]).includes(text);
}

/** `zh_CN.UTF-8`, `zh-Hans` and `zh` are Chinese; `en_GB` is English; anything else says nothing. */
export function languageOfLocale(locale: string): Language | undefined {
  const [code = ''] = locale.toLowerCase().split(/[_.@-]/, 1);
  return isLanguage(code) ? code : undefined;
}
