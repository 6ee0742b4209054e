import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

declare module 'vitest' {
  interface Matchers<R, T> {
    /** Of a locator: waits until exactly one is there and can be seen. */
    toBeSeen(timeoutMs?: number): Promise<R>;
    /** Of a locator: waits until there is none that can be seen. */
    toBeGone(timeoutMs?: number): Promise<R>;
    /** Of a locator: waits until its text is this, or matches it. White space counts as one space. */
    toSay(text: string | RegExp, timeoutMs?: number): Promise<R>;
    /** Of a page: waits until its path and query are these. */
    toBeAt(path: string | RegExp, timeoutMs?: number): Promise<R>;
  }
}

const TIMEOUT_MS = 15_000;
const POLL_MS = 50;

interface Verdict {
  readonly pass: boolean;
  readonly message: () => string;
}

/** They all wait: what a page shows comes a little later than what was done. None of them can be turned by `not`. */
expect.extend({
  toBeSeen: (locator: Locator, timeoutMs = TIMEOUT_MS) => settles(locator, 'visible', timeoutMs),
  toBeGone: (locator: Locator, timeoutMs = TIMEOUT_MS) => settles(locator, 'hidden', timeoutMs),
  toSay: (locator: Locator, text: string | RegExp, timeoutMs = TIMEOUT_MS) =>
    becomes(`the text of ${String(locator)}`, () => textOf(locator), text, timeoutMs),
  toBeAt: (page: Page, path: string | RegExp, timeoutMs = TIMEOUT_MS) =>
    becomes('the address', () => Promise.resolve(pathOf(page)), path, timeoutMs),
});

async function settles(locator: Locator, state: 'visible' | 'hidden', timeout: number): Promise<Verdict> {
  try {
    await locator.waitFor({ state, timeout });
    return { pass: true, message: () => `${String(locator)} is ${state}` };
  } catch (error) {
    return { pass: false, message: () => (error instanceof Error ? error.message : String(error)) };
  }
}

async function becomes(
  what: string,
  read: () => Promise<string | null>,
  expected: string | RegExp,
  timeoutMs: number,
): Promise<Verdict> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await read();
    const pass = found !== null && (typeof expected === 'string' ? found === expected : expected.test(found));
    if (pass || performance.now() > deadline)
      return { pass, message: () => `${what} is ${JSON.stringify(found)}, not ${String(expected)}` };
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}

/** `null`: it is not there, or not the only one. */
async function textOf(locator: Locator): Promise<string | null> {
  const texts = await locator.allTextContents();
  return texts.length === 1 ? (texts[0] ?? '').replaceAll(/\s+/g, ' ').trim() : null;
}

/** Path and query of where a page is. */
export function pathOf(page: Page): string {
  if (page.url() === 'about:blank') return '';
  const { pathname, search } = new URL(page.url());
  return pathname + search;
}
