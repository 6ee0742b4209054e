/**
 * What a history of years costs to ask and to write: `npm run bench -- history`.
 *
 * **The history.** A database with the real schema gets a row of each machine for each ten minutes, by SQL, in the order of
 * time as they come in life, with waves, noise, gaps and what became of them, and with what the probes saw. Hours and
 * days are made of them by the product's own code.
 *
 * **The queries.** The built server runs on it as `npm start` runs it and lives its usual life: every machine has an agent
 * that answers, probes go on. One client asks through HTTP on a connection that stays open, one request after another, each
 * for other machines and another time. Beside it stands the plainest statement that reads the same, over a connection to
 * PostgreSQL, with what it reads. The number of points of an answer is compared with the rows of the statement.
 *
 * **The writes.** Windows of many machines through the calls that the collector uses, on a database of their own, without
 * a server: what is timed is storing, from rows in memory to the last rollup.
 */
import { Cleanup } from './support/cleanup.ts';
import { Failure } from './support/failure.ts';
import { renderJson } from './support/render-json.ts';
import { runBenchmark } from './support/run-benchmark.ts';
import { postmasterOf } from './support/usage.ts';
import { openDatabase, query, type Database } from './support/database.ts';
import { fill, type FillTime } from './history/fill/fill.ts';
import { readOptions, USAGE, type Options } from './history/options.ts';
import { planHistory, readPlan, type HistoryPlan } from './history/plan.ts';
import { ask, type Asked } from './history/queries/ask.ts';
import { download, type Downloads } from './history/queries/download.ts';
import { Lots } from './history/queries/draw.ts';
import { HttpClient } from './history/queries/http-client.ts';
import { questionsFor } from './history/queries/questions.ts';
import { serve } from './history/queries/served.ts';
import { SqlClient } from './history/queries/sql-client.ts';
import { makeReport, renderReport } from './history/report.ts';
import { timeWrites } from './history/write.ts';

interface FilledHistory {
  readonly history: HistoryPlan;
  /** `null`: it was there. */
  readonly time: FillTime | null;
}

async function historyIn({ url }: Database, options: Options): Promise<FilledHistory> {
  const found = await readPlan(url);
  if (found === 'foreign')
    throw new Failure(
      'The database holds something else, or a history that was not filled to its end: take an empty one.',
    );
  if (found !== 'empty') return { history: found, time: null };
  if (options.from !== null) throw new Failure(`--from ${options.from}: the database there is empty`);
  const history = planHistory(options, new Date());
  return { history, time: await fill(url, history) };
}

interface Answers {
  readonly questions: readonly Asked[];
  readonly downloads: Downloads | null;
}

async function askAll({ url }: Database, history: HistoryPlan, options: Options, cleanup: Cleanup): Promise<Answers> {
  const own = new Cleanup();
  cleanup.add({ stop: () => own.run() });
  const profiling = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${options.profile ?? ''}` };
  const served = own.add(await serve(url, history.machines, options.profile === null ? {} : profiling));
  const http = own.add(new HttpClient(served.server.url, await served.server.headers()));
  const sql = own.add(await SqlClient.connect(url));
  const postmaster = postmasterOf(await sql.process());
  const roots = [...served.server.pids(), ...(postmaster === null ? [] : [postmaster])];
  const askable = { http, sql, roots, lots: new Lots(served.machines, history) };
  const questions: Asked[] = [];
  for (const question of questionsFor(history.machines, history.days))
    if (question.name.includes(options.only ?? '')) questions.push(await ask(question, options.requests, askable));
  const downloads = options.only === null ? await download(history, served.server, askable) : null;
  await own.run();
  return { questions, downloads };
}

async function sizeOf({ url }: Database): Promise<number> {
  const [row] = await query<{ bytes: string }>(url, 'select pg_database_size(current_database()) as bytes');
  return Number(row?.bytes);
}

async function run(args: readonly string[], cleanup: Cleanup): Promise<string> {
  const options = readOptions(args);
  if (options.help) return USAGE;
  const database = cleanup.add(await openDatabase(options));
  const filled = options.queries ? await historyIn(database, options) : null;
  const databaseBytes = filled === null ? null : await sizeOf(database);
  const { writeMachines } = options;
  const writes = writeMachines > 0 ? await timeWrites(database.url, writeMachines) : [];
  const answers = filled === null ? null : await askAll(database, filled.history, options, cleanup);
  const report = makeReport({
    database: database.name,
    history: filled?.history ?? null,
    databaseBytes,
    fill: filled?.time ?? null,
    questions: answers?.questions ?? [],
    downloads: answers?.downloads ?? null,
    writeMachines,
    writes,
  });
  return options.json ? renderJson(report) : renderReport(report);
}

await runBenchmark(run);
