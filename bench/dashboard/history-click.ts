import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Locator, Page } from 'playwright-core';
import { Failure } from '../support/failure.ts';
import { say } from '../support/progress.ts';
import { type Spread, spreadOf } from '../support/spread.ts';
import { type Charts, chartsSincePress, watchCharts } from './in-page.ts';
import { newcomer } from './visitor.ts';

/** Whether the pointer rested on the button before it was pressed, so that the page asked already. */
export type Approach = 'pressed at once' | 'pointed at before';

/** From the press on "30 d" to the frame with the last of the charts in the window, in milliseconds. */
export interface HistoryShown extends Spread {
  readonly approach: Approach;
  /** Charts in the window, the fewest. */
  readonly charts: number;
}

const APPROACHES: readonly Approach[] = ['pressed at once', 'pointed at before'];
const RANGE = '30 d';
/** How long one looks at a button before one presses it. */
const REST_MS = 500;
/** Nothing was painted for so long: that was the last of them. */
const QUIET_MS = 400;
const TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/** Where the machines' pages are. */
export interface Machines {
  readonly url: string;
  readonly cookie: string;
  readonly network: string;
  readonly names: readonly string[];
}

/** Opens each machine once for each approach; a machine's history is never asked for twice by the same browser. */
export async function timeHistory(browser: Browser, machines: Machines): Promise<HistoryShown[]> {
  const shown: HistoryShown[] = [];
  for (const approach of APPROACHES) {
    const found: (Charts & { ms: number })[] = [];
    for (const [i, name] of machines.names.entries()) {
      const one = await show(browser, machines, { name, approach });
      // The first visit reads the page's own code.
      if (i > 0 || machines.names.length === 1) found.push(one);
    }
    const charts = Math.min(...found.map(({ count }) => count));
    shown.push({ approach, charts, ...spreadOf(found.map(({ ms }) => ms)) });
    say(`${found.length} machines' last 30 days, ${approach}`);
  }
  return shown;
}

interface Wish {
  readonly name: string;
  readonly approach: Approach;
}

async function show(browser: Browser, machines: Machines, { name, approach }: Wish): Promise<Charts & { ms: number }> {
  const context = await newcomer(browser, machines.url, machines.cookie);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchCharts);
    await page.goto(`/machines/${machines.network}/${name}`);
    const button = page.getByRole('button', { name: RANGE, exact: true });
    await prepare(page, button);
    if (approach === 'pointed at before') {
      await button.hover();
      await sleep(REST_MS);
    }
    await button.click({ delay: 0 });
    return await untilShown(page, `${name}, ${approach}`);
  } finally {
    await context.close();
  }
}

/** The live charts stand, with the seconds that the agent remembers, and as many of them as possible are in the window. */
async function prepare(page: Page, button: Locator): Promise<void> {
  await page.getByRole('application').first().waitFor();
  await button.evaluate(element => element.scrollIntoView({ block: 'start' }));
  await page.mouse.move(5, 500);
  await sleep(1_500);
}

async function untilShown(page: Page, what: string): Promise<Charts & { ms: number }> {
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    const charts = await page.evaluate(chartsSincePress);
    if (charts !== null && charts.ms !== null && charts.quietMs > QUIET_MS) return { ...charts, ms: charts.ms };
    if (performance.now() > deadline) throw new Failure(`the charts of ${what} do not come: ${JSON.stringify(charts)}`);
    await sleep(POLL_MS);
  }
}
