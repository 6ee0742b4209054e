import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { say } from '../support/progress.ts';
import { takeWork, watchWork } from './in-page.ts';
import type { Scene } from './scene.ts';
import { newcomer } from './visitor.ts';

/** Seven tabs, one more than the connections that a browser has for a server of HTTP/1.1. */
export interface Tabs {
  readonly tabs: number;
  readonly seconds: number;
  /** Seconds of a hundred in which something changed, in the tab with the fewest. */
  readonly livePercent: number;
  /** Connections that the server had at the end. */
  readonly connections: number;
}

const TABS = 7;
const SECONDS = 30;
const SETTLE_MS = 5_000;
const ESTABLISHED = '01';

/** Opens Home in seven tabs that all believe to be seen, and watches each of them for half a minute. */
export async function openTabs(browser: Browser, { url, cookie }: Scene): Promise<Tabs> {
  const context = await newcomer(browser, url, cookie);
  try {
    await context.addInitScript(watchWork);
    const pages = await Promise.all(Array.from({ length: TABS }, () => context.newPage()));
    await Promise.all(pages.map(page => page.goto('/')));
    await Promise.all(pages.map(page => page.locator('tbody tr[data-row]').first().waitFor()));
    await sleep(SETTLE_MS);
    const startedAt = performance.now();
    await Promise.all(pages.map(page => page.evaluate(takeWork)));
    await sleep(SECONDS * 1000);
    const works = await Promise.all(pages.map(page => page.evaluate(takeWork)));
    const seconds = (performance.now() - startedAt) / 1000;
    const fewest = Math.min(...works.map(({ changedSeconds }) => changedSeconds));
    say(`${TABS} tabs for ${SECONDS} s`);
    const livePercent = Math.min(100, (100 * fewest) / seconds);
    return { tabs: TABS, seconds: SECONDS, livePercent, connections: connectionsTo(url) };
  } finally {
    await context.close();
  }
}

/** As the kernel counts them, at the server's end. Those that nobody has used for some seconds are gone. */
function connectionsTo(url: string): number {
  const port = Number(new URL(url).port).toString(16).toUpperCase().padStart(4, '0');
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  const fields = lines.map(line => line.trim().split(/\s+/));
  return fields.filter(([, local, , state]) => local?.endsWith(`:${port}`) && state === ESTABLISHED).length;
}
