import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { PAGES } from '../../apps/dashboard/build/page-files.ts';
import { signIn } from './support/sign-in.ts';
import { usePage } from './support/use-page.ts';
import { MACHINES, useWorld, WITH_PAST, type World } from './support/world.ts';

let world: World;
useWorld(made => void (world = made), WITH_PAST);
const open = usePage();

/** Every page whose address has what an address of it needs. */
const ADDRESSES = Object.keys(PAGES)
  .filter(pattern => pattern !== '/setup' && pattern !== '/link')
  .map(pattern => [pattern, pattern.replace('$network', 'acme').replace('$machine', MACHINES[0])] as const);

interface Visit {
  /** What the head of the page names, by path. */
  readonly named: readonly string[];
  /** What went over the wire, by path. */
  readonly sent: string[];
  /** What scripts asked for, by path. */
  readonly asked: () => Promise<readonly string[]>;
}

async function visit(page: Page, address: string): Promise<Visit> {
  const sent: string[] = [];
  await page.addInitScript(() => {
    const asked: string[] = [];
    Object.assign(globalThis, { asked });
    const { fetch } = globalThis;
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      asked.push(new URL(url, location.href).pathname);
      return fetch(input, init);
    };
  });
  page.on('request', request => sent.push(new URL(request.url()).pathname));
  const answer = await page.goto(address);
  const html = (await answer?.text()) ?? '';
  const named = Array.from(
    html.matchAll(/<link [^>]*fetchpriority="low" crossorigin href="([^"]+)">/g),
    ([, href = '']) => href,
  );
  return { named, sent, asked: () => page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked) };
}

describe.each(ADDRESSES)('what is asked for ahead for %s', (pattern, address) => {
  test('is what the page asks for, and comes once', async () => {
    const page = await open(world.server.url);
    if (PAGES[pattern]?.reads.includes('/api/v1/networks') === true) await signIn(page, world.admin);
    const { named, sent, asked } = await visit(page, address);
    const reads = named.filter(path => path.startsWith('/api/'));
    expect(reads).toHaveLength(PAGES[pattern]?.reads.length ?? 0);
    await expect.poll(asked).toEqual(expect.arrayContaining(reads));
    await expect.poll(() => page.evaluate(() => document.querySelector('h1, h2') !== null)).toBe(true);
    const times = named.map(path => [path, sent.filter(one => one === path).length]);
    expect(times).toEqual(named.map(path => [path, 1]));
  });
});
