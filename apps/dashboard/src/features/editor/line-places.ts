/** Where a line begins and ends in a text, without its line break; beyond the last one, at the end. */
export function placeOfLine(text: string, line: number): { readonly start: number; readonly end: number } {
  let start = 0;
  for (let before = 1; before < line; before += 1) {
    const next = text.indexOf('\n', start);
    if (next === -1) return { start: text.length, end: text.length };
    start = next + 1;
  }
  const end = text.indexOf('\n', start);
  return { start, end: end === -1 ? text.length : end };
}

/** Shows a line of a field, selected, with some of what stands before it. */
export function selectLine(area: HTMLTextAreaElement, line: number): void {
  const { start, end } = placeOfLine(area.value, line);
  area.focus();
  area.setSelectionRange(start, end);
  const lineHeightPx = Number.parseFloat(getComputedStyle(area).lineHeight) || 20;
  area.scrollTop = Math.max(0, (line - 4) * lineHeightPx);
}
