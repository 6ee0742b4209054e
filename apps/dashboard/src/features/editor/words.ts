const WORD = /(?:"(?:[^"\\]|\\.)*"|[^\s,;])+/g;

/** What stands between spaces, tabs, commas and semicolons; quotes hold together what belongs together. */
export function splitWords(line: string): string[] {
  return line.match(WORD) ?? [];
}

/** `"Frankfurt am Main"` without its quotes; what has none stays. */
export function unquoted(word: string): string {
  const inner = /^"((?:[^"\\]|\\.)*)"$/s.exec(word)?.[1];
  return inner === undefined ? word : inner.replace(/\\(.)/gs, '$1');
}

/** A word that {@link splitWords} finds again, quoted only where it has to be. */
export function quotedWhereNeeded(text: string): string {
  return /^[^\s,;"\\]+$/.test(text) ? text : `"${text.replace(/["\\]/g, '\\$&')}"`;
}
