const PAGE = 8;

/** Where a key leads in a list: round its ends by single steps, and no further than its ends by pages. `null`: nowhere. */
export function moveActive(key: string, index: number, total: number): number | null {
  if (total === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return (index + 1) % total;
    case 'ArrowUp':
      return (index + total - 1) % total;
    case 'PageDown':
      return Math.min(total - 1, index + PAGE);
    case 'PageUp':
      return Math.max(0, index - PAGE);
    default:
      return null;
  }
}
