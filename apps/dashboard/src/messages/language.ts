/** The languages there are, each by its own name. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'distomon-language';
const FALLBACK: Language = 'en';

/**
 * Which language somebody is shown.
 *
 * @param kept what they chose in this browser; `null`: nothing
 * @param wishes what the browser asks for, the most welcome first, such as `de-AT`
 */
export function languageFor(kept: string | null, wishes: readonly string[]): Language {
  const known = Object.keys(LANGUAGES) as Language[];
  const named = [kept ?? '', ...wishes].map(wish => wish.toLowerCase().split('-')[0]);
  for (const name of named) {
    const language = known.find(one => one === name);
    if (language !== undefined) return language;
  }
  return FALLBACK;
}

/**
 * How numbers and times are written in a language: as where the browser is at home, when that is a place of the language.
 *
 * @param wishes what the browser asks for, such as `de-AT`; what is more than a language and a place is left aside
 */
export function localeFor(language: Language, wishes: readonly string[]): string {
  return (
    wishes.find(wish => /^[a-z]{2}-[a-z]{2}$/i.test(wish) && wish.toLowerCase().startsWith(`${language}-`)) ?? language
  );
}

/** The language of this page, until it is loaded anew. */
export const LANGUAGE = languageFor(keptChoice(), navigator.languages);
/** For `Intl`: the language of this page as it is written where the reader is. */
export const LOCALE = localeFor(LANGUAGE, navigator.languages);

/** Keeps the choice of another language in this browser; the page is in it once it is loaded anew. */
export function chooseLanguage(language: Language, reload: () => void): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // Storage is blocked: there is nothing to keep it in, and the page would come back as it was.
    return;
  }
  reload();
}

function keptChoice(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
