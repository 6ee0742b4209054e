import { chooseLanguage, LANGUAGE, LANGUAGES, type Language } from '../messages/language.ts';
import { Select } from './select.tsx';

/** In every language, for whoever cannot read this one. */
const LABEL = 'Language · Sprache';
const CHOICES = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));

/**
 * The language of the page; kept in this browser.
 *
 * @param reload loads the page anew, in the language that was chosen
 */
export function LanguageSelect({ reload }: { reload: () => void }) {
  return (
    <Select
      label={LABEL}
      choices={CHOICES}
      value={LANGUAGE}
      onChange={value => chooseLanguage(value as Language, reload)}
    />
  );
}
