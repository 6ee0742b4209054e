import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const DASHBOARD = new URL('../../apps/dashboard/', import.meta.url);

/** What the first drawing of a file consists of, in its order. */
function drawingIn(path: string): string[] {
  const text = readFileSync(new URL(path, DASHBOARD), 'utf8');
  const drawing = /<svg[\s\S]*?<\/svg>/.exec(text)?.[0] ?? '';
  return Array.from(
    drawing.matchAll(/ (d|cx|cy|r|rx|fill|stroke|viewBox)="([^"]+)"/g),
    ([, name, value]) => `${name} ${value}`,
  );
}

test.each(['index.html', 'src/ui/brand-mark.tsx'])('the picture of the product in %s is that of the icon', path => {
  expect(drawingIn(path).length).toBeGreaterThan(10);
  expect(drawingIn(path)).toEqual(drawingIn('public/favicon.svg'));
});
