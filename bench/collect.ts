/**
 * What it costs to watch machines, beside what others pay for it: `npm run bench -- collect`.
 *
 * **The comparison.** distomon (with queues in PostgreSQL and, a second one, in Redis), a bare undici loop and Prometheus
 * read the same agents every 10 s, all at the same time: each needs a small part of a core, and whatever else this machine
 * does disturbs them alike. The agents are one process with a real agent's answers, each on an address of its own. CPU
 * time is that of all processes of a subject (PostgreSQL and Redis count for distomon), per 1000 reads whose values
 * were really stored, as distomon's own table and Prometheus' own series tell. distomon's part includes its windows: 600
 * raw seconds of each chart of each machine every ten minutes, which the others do not read at all. What is kept is not
 * the same: Prometheus keeps every value of every read; distomon of a read its last values, its reason and its latency,
 * and the exact averages of the windows.
 *
 * **The windows.** How long after a window may be asked for its last row is stored, with probes going on. To wait
 * less, a window is taken that is within 5 % of ten minutes and closes soon.
 */
import { Agents } from './support/agents/agents.ts';
import { readRecording } from './support/agents/recording.ts';
import { Cleanup } from './support/cleanup.ts';
import { compare, type Measured } from './collect/comparison.ts';
import { Failure } from './support/failure.ts';
import { makeRoomForFiles } from './support/open-files.ts';
import { runBenchmark } from './support/run-benchmark.ts';
import { readOptions, USAGE, type Options } from './collect/options.ts';
import { makeReport, renderReport } from './collect/report.ts';
import { Distomon } from './collect/subjects/distomon.ts';
import { Loop } from './collect/subjects/loop.ts';
import { Prometheus } from './collect/subjects/prometheus.ts';
import { chooseWindow, timeWindow, type WindowTime } from './collect/window-time.ts';

/** Two of each distomon, and one each of the others. */
const CONNECTIONS_OF_COMPARISON = 6;
const CONNECTIONS_OF_WINDOWS = 2;

function profiling({ profile }: Options): Record<string, string> {
  return profile === null ? {} : { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${profile}` };
}

function startAgents(machines: number, connectionsEach: number): Promise<Agents> {
  return Agents.start({ machines, connectionsEach, openFiles: makeRoomForFiles(machines) });
}

async function requireAnswers(agents: Agents): Promise<void> {
  const unknown = await agents.unknown();
  if (unknown === 0) return;
  throw new Failure(
    `The agents were asked ${unknown} times for something that was not recorded: see bench/support/agents/fixtures/README.md.`,
  );
}

async function comparison(options: Options, cleanup: Cleanup): Promise<Measured[]> {
  const own = new Cleanup();
  cleanup.add({ stop: () => own.run() });
  const { filter } = readRecording();
  const agents = own.add(await startAgents(options.machines, CONNECTIONS_OF_COMPARISON));
  const { urls } = agents;
  const prometheus = own.add(await Prometheus.start(urls, filter));
  const loop = own.add(await Loop.start(urls, filter));
  const distomons: Distomon[] = [];
  for (const backend of options.backends) {
    const window = `${options.windowSeconds}s`;
    const environment = profiling(options);
    distomons.push(own.add(await Distomon.start({ backend, agents: urls, window, environment })));
  }
  const measured = await compare([...distomons, prometheus, loop], options);
  await requireAnswers(agents);
  await own.run();
  return measured;
}

async function windowTime(machines: number, options: Options, cleanup: Cleanup): Promise<WindowTime> {
  const own = new Cleanup();
  cleanup.add({ stop: () => own.run() });
  const agents = own.add(await startAgents(machines, CONNECTIONS_OF_WINDOWS));
  const { urls } = agents;
  const backend = options.backends[0] ?? 'postgres';
  const windowSeconds = chooseWindow(machines, Date.now() / 1000);
  const environment = profiling(options);
  const distomon = own.add(await Distomon.start({ backend, agents: urls, window: `${windowSeconds}s`, environment }));
  const time = await timeWindow(distomon, { machines, backend, windowSeconds });
  await requireAnswers(agents);
  await own.run();
  return time;
}

async function run(args: readonly string[], cleanup: Cleanup): Promise<string> {
  const options = readOptions(args);
  if (options.help) return USAGE;
  const measured = options.compare ? await comparison(options, cleanup) : [];
  const windows: WindowTime[] = [];
  for (const machines of options.windowMachines) windows.push(await windowTime(machines, options, cleanup));
  const report = makeReport(options, measured, windows);
  return options.json ? JSON.stringify(report) : renderReport(report);
}

await runBenchmark(run);
