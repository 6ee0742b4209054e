import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { say } from '../support/progress.ts';
import { type Spread, spreadOf } from '../support/spread.ts';
import { awaitFirst, firstAt } from './in-page.ts';
import { newcomer } from './visitor.ts';
import type { Scene } from './scene.ts';

/** What is opened by somebody who was never there, and by what it is known to be there. */
export interface Opening {
  readonly name: 'an empty static page' | 'sign-in' | 'Home';
  readonly selector: string;
}

/** From the beginning of the navigation to the frame with the first rows, in milliseconds. */
export interface Opened extends Opening, Spread {}

const OPENINGS: readonly Opening[] = [
  { name: 'an empty static page', selector: 'tbody tr' },
  { name: 'sign-in', selector: 'input[type=password]' },
  { name: 'Home', selector: 'tbody tr[data-row]' },
];
/** The files of the browser and of the server are read once. */
const WARM_RUNS = 2;

const STATIC = `<!doctype html><html lang="en"><meta charset="utf-8"><title>static</title>
<table><tbody>${'<tr><td>machine<td>12 %<td>34 %</tr>'.repeat(5)}</tbody></table></html>`;

/** Opens each of the pages so often, in turns. */
export async function timeFirstRows(browser: Browser, scene: Scene, runs: number): Promise<Opened[]> {
  const plain = await serveStatic();
  try {
    const places = {
      'an empty static page': { url: plain.url, cookie: null },
      'sign-in': { url: scene.url, cookie: null },
      Home: { url: scene.url, cookie: scene.cookie },
    };
    const times = OPENINGS.map(() => [] as number[]);
    for (let run = -WARM_RUNS; run < runs; run += 1) {
      for (const [i, { name, selector }] of OPENINGS.entries()) {
        const ms = await open(browser, places[name], selector);
        if (run >= 0) times[i]?.push(ms);
      }
    }
    say(`${runs} cold starts of each page`);
    return OPENINGS.map((opening, i) => ({ ...opening, ...spreadOf(times[i] ?? []) }));
  } finally {
    await plain.stop();
  }
}

interface Place {
  readonly url: string;
  readonly cookie: string | null;
}

async function open(browser: Browser, { url, cookie }: Place, selector: string): Promise<number> {
  const context = await newcomer(browser, url, cookie);
  try {
    const page = await context.newPage();
    await page.addInitScript(awaitFirst, selector);
    await page.goto('/', { waitUntil: 'commit' });
    const found = await page.waitForFunction(firstAt);
    return (await found.jsonValue()) as number;
  } finally {
    await context.close();
  }
}

async function serveStatic(): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(STATIC);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop };
}
