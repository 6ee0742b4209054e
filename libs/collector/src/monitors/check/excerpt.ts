const SHOWN_CHARACTERS = 80;
const SHOWN_BEFORE = 20;

/**
 * The beginning of a text of the other side, in quotes, fit for a sentence that is stored and shown: short, on one line,
 * and nothing in it that a terminal or a browser would act upon.
 */
export function excerptOf(text: string, maxCharacters = SHOWN_CHARACTERS): string {
  // A text of a megabyte is cut before it is cleaned.
  const clean = printable(text.slice(0, maxCharacters * 4));
  const isCut = clean.length > maxCharacters || text.length > maxCharacters * 4;
  return `“${clean.slice(0, maxCharacters).trim()}${isCut ? '…' : ''}”`;
}

/** A piece of the text around a place in it. */
export function excerptAround(text: string, at: number): string {
  const start = Math.max(0, at - SHOWN_BEFORE);
  const excerpt = excerptOf(text.slice(start, start + SHOWN_CHARACTERS * 5));
  return start === 0 ? excerpt : excerpt.replace('“', '“…');
}

/** Control and format characters (those that turn the direction of writing are among them) and runs of blanks as one blank. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
