/** One piece of a text that is replaced; `start` = `end`: something is put in. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Carries out all of them. They do not overlap; their places are those of the text as it was. */
export function splice(text: string, splices: readonly Splice[]): string {
  const lastFirst = splices.toSorted((a, b) => b.start - a.start || b.end - a.end);
  return lastFirst.reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** Where the line begins in which this character stands. */
export function lineStartOf(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Where the line ends in which this character stands, before its line break. */
export function lineEndOf(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

/** Where the next line begins; the end of the text when there is none. */
export function nextLineOf(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** How lines end in this text. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
