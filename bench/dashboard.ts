/**
 * How fast the dashboard is: `npm run bench -- dashboard`.
 *
 * Chromium looks at the built server, which lives its usual life: real probes of agents whose values differ with every
 * second, a database of its own, somebody who is signed in. Everything is timed in the page itself, from the navigation or
 * the pointer to the frame after the last drawing; how busy the page is, and what it keeps, is told by the browser's own protocol.
 * Nothing is slowed down, and nothing is cached: each start is one of somebody who was never there.
 */
import { runBenchmark } from './support/run-benchmark.ts';
import { renderJson } from './support/render-json.ts';
import { Cleanup } from './support/cleanup.ts';
import { timeFirstRows } from './dashboard/first-rows.ts';
import { timeHistory } from './dashboard/history-click.ts';
import { watchLive } from './dashboard/live.ts';
import { type Options, type Part, readOptions, USAGE } from './dashboard/options.ts';
import { openPast } from './dashboard/past.ts';
import type { Measured } from './dashboard/promises.ts';
import { isKept, makeReport, renderReport } from './dashboard/report.ts';
import { openScene } from './dashboard/scene.ts';
import { sizeOfHome } from './dashboard/size.ts';
import { openTabs } from './dashboard/tabs.ts';
import { startVisitor, type Visitor } from './dashboard/visitor.ts';

const FEW = 5;
const MANY = 300;

async function measure({ browser }: Visitor, options: Options, cleanup: Cleanup): Promise<Measured> {
  const when = async <T>(parts: readonly Part[], work: (own: Cleanup) => Promise<T>): Promise<T | null> => {
    if (!options.parts.some(part => parts.includes(part))) return null;
    const own = new Cleanup();
    cleanup.add({ stop: () => own.run() });
    const done = await work(own);
    await own.run();
    return done;
  };
  const few = await when(['rows'], async own => {
    const scene = own.add(await openScene(FEW));
    return { rows: await timeFirstRows(browser, scene, options.runs), size: await sizeOfHome(browser, scene) };
  });
  const history = await when(['history'], async own => timeHistory(browser, own.add(await openPast(options))));
  const many = await when(['live', 'tabs'], async own => {
    const scene = own.add(await openScene(MANY));
    const tabs = options.parts.includes('tabs') ? await openTabs(browser, scene) : null;
    return { tabs, live: options.parts.includes('live') ? await watchLive(browser, scene, options.seconds) : null };
  });
  return {
    rows: few?.rows ?? null,
    size: few?.size ?? null,
    history,
    live: many?.live ?? null,
    tabs: many?.tabs ?? null,
  };
}

async function run(args: readonly string[], cleanup: Cleanup): Promise<string> {
  const options = readOptions(args);
  if (options.help) return USAGE;
  const visitor = cleanup.add(await startVisitor());
  const measured = await measure(visitor, options, cleanup);
  const report = makeReport(measured, { browser: visitor.browser.version(), ...options });
  if (!isKept(report)) process.exitCode = 1;
  return options.json ? renderJson(report) : renderReport(report);
}

await runBenchmark(run);
