import { counted, fill } from '../../messages/text.ts';

interface ToldForms {
  readonly one: string;
  readonly many: { readonly one: string; readonly other: string };
}

/** What was done to one, by its name, or to how many. */
export function toldOf(forms: ToldForms, names: readonly string[]): string {
  const [first = ''] = names;
  return names.length === 1 ? fill(forms.one, { name: first }) : counted(forms.many, names.length);
}
