/**
 * How whoever added machines names a place of the file: theirs stand behind those that were there, the first of them `at`.
 * What is elsewhere keeps its name.
 */
export function placeInAdded(path: string, at: number): string {
  return path.replace(/^machines\[(\d+)\]/, (all, index: string) =>
    Number(index) < at ? all : `machines[${Number(index) - at}]`,
  );
}

/** How whoever changed one machine names a place of the file: by the key alone. */
export function placeInChanged(path: string, at: number): string {
  const own = `machines[${at}].`;
  return path.startsWith(own) ? path.slice(own.length) : path;
}
