import { en } from './en.ts';
import { onDemand } from './intl.ts';
import { LANGUAGE } from './language.ts';

/** A sentence with a form for one and a form for any other number. */
export interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/** The same sentences in another language: every key, and no other. */
export type Translated<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translated<Texts[Key]>;
};

const plurals = onDemand(() => new Intl.PluralRules(LANGUAGE));

/**
 * The messages in the language of the page. Waited for before anything else is made, so that they are simply there; English
 * comes with the page itself.
 */
export const messages: Translated<typeof en> = LANGUAGE === 'en' ? en : (await import('./de.ts')).de;

/** Fills `{name}` in; a name without a value stays, so that it is seen. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Chooses the form for `count` and fills it in as `{count}`. */
export function counted(
  forms: PluralForms,
  count: number,
  values: Readonly<Record<string, string | number>> = {},
): string {
  const form = plurals().select(count) === 'one' ? forms.one : forms.other;
  return fill(form, { count, ...values });
}
