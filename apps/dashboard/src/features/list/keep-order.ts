/**
 * The order to show while somebody points at a line: everybody stays where they are, who is gone leaves, who is new
 * comes last. The wanted order follows when the pointer has left.
 */
export function keepOrder(shown: readonly string[], wanted: readonly string[]): string[] {
  const isWanted = new Set(wanted);
  const isShown = new Set(shown);
  return [...shown.filter(name => isWanted.has(name)), ...wanted.filter(name => !isShown.has(name))];
}
