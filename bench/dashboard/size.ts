import type { Browser } from 'playwright-core';
import { request } from 'undici';
import type { Scene } from './scene.ts';
import { newcomer } from './visitor.ts';

/** What a visit to Home begins with, in bytes as they are sent. */
export interface Size {
  readonly scripts: number;
  readonly gzipBytes: number;
  readonly brotliBytes: number;
  readonly styleGzipBytes: number;
}

/** Long enough for what is loaded when the page is at rest. */
const IDLE_TIMEOUT_MS = 20_000;

/** All scripts and styles that Home loads before anybody touches anything. */
export async function sizeOfHome(browser: Browser, { url, cookie }: Scene): Promise<Size> {
  const context = await newcomer(browser, url, cookie);
  try {
    const page = await context.newPage();
    const loaded = { script: new Set<string>(), stylesheet: new Set<string>() };
    page.on('request', one => {
      const type = one.resourceType();
      if (type === 'script' || type === 'stylesheet') loaded[type].add(one.url());
    });
    await page.goto('/');
    await page.locator('tbody tr[data-row]').first().waitFor();
    await page.waitForLoadState('networkidle', { timeout: IDLE_TIMEOUT_MS }).catch(() => undefined);
    return {
      scripts: loaded.script.size,
      gzipBytes: await bytesOf(loaded.script, 'gzip'),
      brotliBytes: await bytesOf(loaded.script, 'br'),
      styleGzipBytes: await bytesOf(loaded.stylesheet, 'gzip'),
    };
  } finally {
    await context.close();
  }
}

async function bytesOf(urls: ReadonlySet<string>, encoding: 'gzip' | 'br'): Promise<number> {
  const sizes = [...urls].map(async url => {
    const { body } = await request(url, { headers: { 'accept-encoding': encoding } });
    return (await body.arrayBuffer()).byteLength;
  });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
