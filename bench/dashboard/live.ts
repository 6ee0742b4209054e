import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { say } from '../support/progress.ts';
import { takeWork, watchWork } from './in-page.ts';
import { nameOf, type Scene } from './scene.ts';
import { type Metrics, newcomer, type Protocol, protocolOf } from './visitor.ts';

/** What a page does while its values come every second. */
export interface Watched {
  readonly page: string;
  readonly seconds: number;
  /** Share of the time in which the main thread had something to do, in percent; and in scripts alone. */
  readonly busyPercent: number;
  readonly scriptPercent: number;
  /** The share in which a processor worked at it: less than `busyPercent` where others wanted the processors too. */
  readonly cpuPercent: number;
  /** Tasks of more than 50 ms, and the longest of them in ms; 0: there was none. */
  readonly longTasks: number;
  readonly longestMs: number;
  /** Seconds in which something changed on the page, of a hundred. */
  readonly livePercent: number;
  /** MB that were in use after everything that nobody needs was collected, early, half-way and at the end. */
  readonly heapMb: readonly number[];
}

interface Watch {
  readonly name: string;
  readonly path: string;
  /** In the page when its values come. */
  readonly selector: string;
  readonly seconds: number;
}

/** After this part of the time the memory is measured. */
const MARKS = [0.1, 0.5, 1] as const;
/** The page has read its code, its lists and its stream. */
const SETTLE_MS = 5_000;
const MB = 1e6;

/** The list for so long, the tiles and a machine's page for a fifth of it each; one after another. */
export async function watchLive(browser: Browser, scene: Scene, seconds: number): Promise<Watched[]> {
  const fifth = Math.max(10, Math.round(seconds / 5));
  const watches: Watch[] = [
    { name: '300 machines, list', path: '/', selector: 'tbody tr[data-row]', seconds },
    { name: '300 machines, tiles', path: '/?layout=grid', selector: '[data-row]', seconds: fifth },
    { name: 'a machine', path: `/machines/bench/${nameOf(0)}`, selector: 'canvas', seconds: fifth },
  ];
  const watched: Watched[] = [];
  for (const one of watches) watched.push(await watch(browser, scene, one));
  return watched;
}

async function watch(browser: Browser, { url, cookie }: Scene, one: Watch): Promise<Watched> {
  const context = await newcomer(browser, url, cookie);
  try {
    const page = await context.newPage();
    await page.addInitScript(watchWork);
    const protocol = await protocolOf(page);
    await page.goto(one.path);
    await page.locator(one.selector).first().waitFor();
    await sleep(SETTLE_MS);
    await collectGarbage(protocol);
    const stretches = await measureStretches(page, protocol, one.seconds);
    say(`watched ${one.name} for ${one.seconds} s`);
    return sumOf(one, stretches);
  } finally {
    await context.close();
  }
}

interface Stretch {
  readonly wallS: number;
  readonly taskS: number;
  readonly scriptS: number;
  readonly cpuS: number;
  readonly longTasks: readonly number[];
  readonly changedSeconds: number;
  readonly heapMb: number;
}

/** To collect garbage is a long task too: nothing is counted while that is done. */
async function measureStretches(page: Page, protocol: Protocol, seconds: number): Promise<Stretch[]> {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const mark of MARKS) {
    await page.evaluate(takeWork);
    const [cpuBefore, before] = [await protocol.threadMetrics(), await protocol.metrics()];
    const startedAt = performance.now();
    await sleep((mark - done) * seconds * 1000);
    const wallS = (performance.now() - startedAt) / 1000;
    const [after, cpuAfter] = [await protocol.metrics(), await protocol.threadMetrics()];
    const work = await page.evaluate(takeWork);
    const heapMb = await collectGarbage(protocol);
    stretches.push({
      ...work,
      wallS,
      taskS: spent('TaskDuration', before, after),
      scriptS: spent('ScriptDuration', before, after),
      cpuS: spent('TaskDuration', cpuBefore, cpuAfter),
      heapMb,
    });
    done = mark;
  }
  return stretches;
}

function spent(name: string, before: Metrics, after: Metrics): number {
  return (after[name] ?? 0) - (before[name] ?? 0);
}

/** Resolves with what is in use afterwards. */
async function collectGarbage({ session, metrics }: Protocol): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return ((await metrics())['JSHeapUsedSize'] ?? 0) / MB;
}

function sumOf({ name, seconds }: Watch, stretches: readonly Stretch[]): Watched {
  const sum = (of: (stretch: Stretch) => number): number => stretches.reduce((total, one) => total + of(one), 0);
  const wallS = sum(one => one.wallS);
  const longTasks = stretches.flatMap(one => one.longTasks);
  return {
    page: name,
    seconds,
    busyPercent: (100 * sum(one => one.taskS)) / wallS,
    scriptPercent: (100 * sum(one => one.scriptS)) / wallS,
    cpuPercent: (100 * sum(one => one.cpuS)) / wallS,
    longTasks: longTasks.length,
    longestMs: Math.max(0, ...longTasks),
    livePercent: Math.min(100, (100 * sum(one => one.changedSeconds)) / wallS),
    heapMb: stretches.map(one => one.heapMb),
  };
}
