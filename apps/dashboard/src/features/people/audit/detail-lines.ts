import type { AuditItem } from '../../../api/people-client.ts';
import { fill, messages } from '../../../messages/text.ts';

/** Something more that is known of an entry. */
export interface DetailLine {
  readonly name: string;
  readonly text: string;
}

const texts = messages.audit.detail;

/** All that stands in an entry, in the words of the log itself: what somebody needs who looks into it. */
export function detailLines({ actor, via, address, action, subject, details }: AuditItem): readonly DetailLine[] {
  const known = [
    { name: texts.actor, text: actor },
    { name: texts.via, text: via },
    { name: texts.address, text: address },
    { name: texts.action, text: action },
    { name: texts.subject, text: subject },
  ];
  const more = Object.entries(details).map(([key, value]) => ({ name: nameOf(key), text: valueText(value) }));
  return [...known, ...more].filter((line): line is DetailLine => line.text !== null);
}

function nameOf(key: string): string {
  const names: Readonly<Record<string, string>> = texts.name;
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key;
}

/** A change says what it was and what it became; anything without a form of its own stands as it was written. */
function valueText(value: unknown): string {
  if (isChange(value)) return fill(texts.change, { from: plainText(value.from), to: plainText(value.to) });
  return plainText(value);
}

function isChange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value;
}

function plainText(value: unknown): string {
  if (value === null || value === undefined || value === '') return texts.nothing;
  if (typeof value === 'boolean') return texts.value[value ? 'true' : 'false'];
  if (Array.isArray(value)) return value.length === 0 ? texts.nothing : value.map(String).join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value as string | number);
}
