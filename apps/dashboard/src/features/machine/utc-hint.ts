import { fill, messages } from '../../messages/text.ts';
import { utcText } from '../../ui/ago.ts';

/** A moment in UTC, for a pointer that rests on it. */
export function utcHint(atMs: number): string {
  return fill(messages.moment.utc, { moment: utcText(atMs) });
}
