/**
 * What Lighthouse says of the dashboard: `npm run lighthouse`.
 *
 * The built server with five machines, somebody who is signed in, and Lighthouse's own two ways to look: a desktop, and a
 * phone whose processor is four times slower than this one on a slow 4G network. Lighthouse is a package of its own, in
 * tools/lighthouse, which is installed when it is asked for: it is as large as a third of all the others.
 */
import { openScene } from './dashboard/scene.ts';
import { ask } from './lighthouse/ask.ts';
import { FORMS, readOptions, USAGE } from './lighthouse/options.ts';
import { pagesOf } from './lighthouse/pages.ts';
import { isKept, makeReport, renderReport, type Visit } from './lighthouse/report.ts';
import type { Cleanup } from './support/cleanup.ts';
import { say } from './support/progress.ts';
import { renderJson } from './support/render-json.ts';
import { runBenchmark } from './support/run-benchmark.ts';

const MACHINES = 5;

async function run(args: readonly string[], cleanup: Cleanup): Promise<string> {
  const options = readOptions(args);
  if (options.help) return USAGE;
  const scene = cleanup.add(await openScene(MACHINES));
  const visits: Visit[] = [];
  for (const page of pagesOf(options.only)) {
    for (const form of FORMS) {
      for (let i = 0; i < options.runs; i += 1)
        visits.push({ page: page.name, form, ...(await ask(scene, page, form)) });
      say(`${page.name}, ${form}`);
    }
  }
  const report = makeReport(visits, options);
  if (!isKept(report)) process.exitCode = 1;
  return options.json ? renderJson(report) : renderReport(report);
}

await runBenchmark(run);
