import { mkdirSync, readFileSync, rmSync, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { capture } from './capture.mjs';
import { Failure } from './failure.mjs';
import { install } from './install.mjs';
import { withNodeInPath } from './node24.mjs';
import { DIST, MODULES } from './project.mjs';
import { readResult } from './report.mjs';
import { BACKGROUND_STAGES, planStages, STAGES, WORKERS } from './stages.mjs';

const REPORTS = join(DIST, '.test');
const VITEST = join(MODULES, 'vitest', 'vitest.mjs');

/** Builds and runs the tests, all stages or those named; returns the exit code. */
export async function test(names) {
  const unknown = names.filter(name => !STAGES.includes(name));
  if (unknown.length > 0)
    throw new Failure(`There is no test stage ${unknown.join(', ')}. Stages: ${STAGES.join(', ')}`);
  const { stages, leftOut } = planStages(names.length === 0 ? STAGES : STAGES.filter(name => names.includes(name)));
  for (const line of leftOut) console.log(`distomon: left out: ${line}`);
  const node = await install('all');
  await build(node, ['server', 'dashboard']);
  mkdirSync(REPORTS, { recursive: true });
  return summarize(await runStages(node, stages), leftOut);
}

async function runStages(node, stages) {
  const apart = stages.length > 1 ? stages.filter(name => BACKGROUND_STAGES.includes(name)) : [];
  const background = apart.map(name => runBehind(node, name));
  const results = [];
  for (const name of stages.filter(stage => !apart.includes(stage)))
    results.push(await runStage(node, name, 'inherit'));
  for (const one of background) results.push(await finishBehind(one));
  return results;
}

/** Its output goes into a file until the others are done. */
function runBehind(node, name) {
  const path = join(REPORTS, `${name}.log`);
  const log = createWriteStream(path);
  console.log(`distomon: ${name} runs beside the others; its output is in ${path}`);
  const result = new Promise(resolve => log.once('open', () => resolve(runStage(node, name, log))));
  return { path, name, result };
}

async function finishBehind({ path, name, result }) {
  console.log(`\n── ${name} ── (waiting for it to finish)`);
  const done = await result;
  process.stdout.write(readFileSync(path, 'utf8'));
  return done;
}

async function runStage(node, name, output) {
  if (output === 'inherit') console.log(`\n── ${name} ──`);
  const report = join(REPORTS, `${name}.json`);
  rmSync(report, { force: true });
  const args = ['run', '--project', name, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (name in WORKERS) args.push(`--maxWorkers=${WORKERS[name]}`);
  const options = { stdio: ['ignore', output, output], env: withNodeInPath(node) };
  const { code, seconds } = await capture(node, [VITEST, ...args], options);
  return { name, seconds, ...readResult(report, code) };
}

function summarize(results, leftOut) {
  for (const { name, failures } of results) for (const failure of failures) console.log(`\n✗ ${name}: ${failure}`);
  console.log('\n── summary ──');
  for (const { name, passed, failed, skipped, seconds, why } of results) {
    const notes = [skipped > 0 ? `${skipped} skipped` : '', why].filter(note => note !== '').map(note => `, ${note}`);
    console.log(
      `${failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${passed} passed, ${failed} failed${notes.join('')} (${seconds.toFixed(1)} s)`,
    );
  }
  for (const line of leftOut) console.log(`left out: ${line}`);
  const sum = kind => results.reduce((total, result) => total + result[kind], 0);
  // Where everything is supposed to be there, a test that did not run is a test that did not pass.
  const missing = process.env.CI === 'true' ? leftOut.length + sum('skipped') : 0;
  if (missing > 0) console.log('With CI=true nothing may be left out or skipped.');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') + missing === 0 && results.length > 0 ? 0 : 1;
}
