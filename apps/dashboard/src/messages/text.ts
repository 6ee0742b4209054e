import { en } from './en.ts';

/** A sentence with a form for one and a form for any other number. */
export interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/** The language of the messages, and of the numbers between them. */
export const LANGUAGE = 'en';

const plurals = new Intl.PluralRules(LANGUAGE);

/** The messages in the language of the page. */
export const messages = en;

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
  const form = plurals.select(count) === 'one' ? forms.one : forms.other;
  return fill(form, { count, ...values });
}
