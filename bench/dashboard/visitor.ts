import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchChromium } from '../../test/browser/support/chromium.ts';

/** What a desktop shows. */
const WINDOW = { width: 1920, height: 1080 };
const TIMEOUT_MS = 30_000;

/** A browser, ended by `stop`. */
export interface Visitor {
  readonly browser: Browser;
  stop(): Promise<void>;
}

/** @throws what to install, when there is no Chromium */
export async function startVisitor(): Promise<Visitor> {
  const browser = await launchChromium();
  return { browser, stop: () => browser.close() };
}

/** Somebody who has never been there: nothing cached, nothing stored. `cookie`: their session; `null`: they have none. */
export async function newcomer(browser: Browser, url: string, cookie: string | null): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: WINDOW,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  if (cookie !== null) {
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }]);
  }
  return context;
}

/** The browser's own account of a page. */
export interface Protocol {
  readonly session: CDPSession;
  /** By name, as `Performance.getMetrics` has them; times in seconds that went by. */
  readonly metrics: () => Promise<Metrics>;
  /** The same in seconds that a processor worked for it: whatever else the machine does makes no difference. */
  readonly threadMetrics: () => Promise<Metrics>;
}

export type Metrics = Readonly<Record<string, number>>;

export async function protocolOf(page: Page): Promise<Protocol> {
  const [session, thread] = [await page.context().newCDPSession(page), await page.context().newCDPSession(page)];
  await session.send('Performance.enable');
  await thread.send('Performance.enable', { timeDomain: 'threadTicks' });
  return { session, metrics: () => metricsOf(session), threadMetrics: () => metricsOf(thread) };
}

async function metricsOf(session: CDPSession): Promise<Metrics> {
  const answer = await session.send('Performance.getMetrics');
  return Object.fromEntries(answer.metrics.map(({ name, value }) => [name, value]));
}
