/**
 * What it costs to know who asks: `npm run bench -- sessions`.
 *
 * The built server runs as `npm start` runs it, with a thousand people of whom each has a session and a token. One client
 * asks on connections that stay open, one request after another, and takes the subjects in turns, so that whatever else
 * happens on the machine happens to all of them. The pairs are the measure: the same route, asked by nobody and by somebody
 * with a session, whose lookup the answer waits for. Requests are counted by whoever makes them in both.
 */
import { openDatabase } from './support/database.ts';
import { renderJson } from './support/render-json.ts';
import { runBenchmark } from './support/run-benchmark.ts';
import type { Cleanup } from './support/cleanup.ts';
import { measure } from './sessions/measure.ts';
import { readOptions, USAGE } from './sessions/options.ts';
import { fillPeople } from './sessions/people.ts';
import { makeReport, renderReport } from './sessions/report.ts';
import { serve } from './sessions/served.ts';

async function run(args: readonly string[], cleanup: Cleanup): Promise<string> {
  const options = readOptions(args);
  if (options.help) return USAGE;
  const database = cleanup.add(await openDatabase());
  const server = cleanup.add(await serve(database.url));
  const people = await fillPeople(database.url, options.sessions);
  const measured = await measure(server.url, people, options.requests);
  const report = makeReport({ database: database.name, ...options, subjects: measured });
  return options.json ? renderJson(report) : renderReport(report);
}

await runBenchmark(run);
