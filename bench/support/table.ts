/** Lines of a table: the first column to the left, numbers to the right, lists to the left again. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  const left = (column: number): boolean =>
    column === 0 || rows.slice(1).some(row => row[column]?.includes(' ') === true);
  return rows.map(row =>
    row
      .map((cell, column) => (left(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
