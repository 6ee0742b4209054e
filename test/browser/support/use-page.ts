import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, type TestContext } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type Complaints, listen } from './complaints.ts';

/** How somebody looks at the dashboard. */
export interface Look {
  /** Default: light. */
  readonly theme?: 'light' | 'dark';
  /** Of the window, in px. Default: 1280. */
  readonly width?: number;
  readonly height?: number;
}

/** A page in a browser of its own: no cookies, nothing stored. Paths are those of the server. */
export type OpenPage = (url: string, look?: Look) => Promise<Page>;

/** What failed tests saw. */
const PICTURES = join(import.meta.dirname, '../../../dist/.test/browser');
const TIMEOUT_MS = 15_000;

/**
 * One Chromium for a test file. Each page of a test is closed after it, and the test fails if one of them had anything to
 * complain about; see {@link Complaints}. What a failed test saw last is kept as a picture in dist/.test/browser.
 */
export function usePage(): OpenPage {
  let browser: Browser | undefined;
  let opened: { page: Page; complaints: Complaints }[] = [];
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());
  afterEach(async context => {
    const seen = opened;
    opened = [];
    try {
      await keepPictures(context, seen);
      expect(
        seen.flatMap(({ complaints }) => complaints.unexpected),
        'complaints of the browser',
      ).toEqual([]);
    } finally {
      await Promise.all(seen.map(({ page }) => page.context().close()));
    }
  });
  return async (url, look = {}) => {
    if (browser === undefined) throw new Error('usePage() stands outside of every test');
    const context = await newContext(browser, url, look);
    const complaints = await listen(context);
    const page = await context.newPage();
    opened.push({ page, complaints });
    return page;
  };
}

/** Somebody in Berlin who reads English. */
async function newContext(browser: Browser, url: string, look: Look): Promise<BrowserContext> {
  const { theme = 'light', width = 1280, height = 800 } = look;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: theme,
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
  });
  context.setDefaultTimeout(TIMEOUT_MS);
  return context;
}

async function keepPictures({ task }: TestContext, seen: readonly { page: Page; complaints: Complaints }[]) {
  const failed = task.result?.state === 'fail' || seen.some(({ complaints }) => complaints.unexpected.length > 0);
  if (!failed) return;
  await mkdir(PICTURES, { recursive: true });
  const name = `${task.file.name}-${task.name}`.replaceAll(/[^\w]+/g, '-').slice(0, 120);
  await Promise.allSettled(
    seen.map(({ page }, index) => page.screenshot({ path: join(PICTURES, `${name}-${index + 1}.png`) })),
  );
}
