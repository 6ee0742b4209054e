/**
 * Makes the fixture anew: `node dist/bench/support/agents/record-child.js http://127.0.0.1:19999`. Asks one real agent,
 * which has run for eleven minutes, everything that distomon and Prometheus ask. Takes two minutes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { RECORDING, type RecordedMoment, type Recording } from './recording.ts';

/** As in libs/collector's agent-api.ts; the agents of the benchmark refuse any other. */
const FILTER = 'system.cpu system.ram system.load system.io system.net system.swap mem.swap system.uptime disk_space.*';
const MOMENTS = 12;
/** Windows a little longer than ten minutes are made of it, too. */
const POINTS = 620;
const SETTLE_SECONDS = 10;

async function get(url: string): Promise<Response> {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity' } });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  return answer;
}

const textOf = async (url: string): Promise<string> => (await get(url)).text();
const now = (): number => Math.floor(Date.now() / 1000);

async function momentsOf(base: string): Promise<RecordedMoment[]> {
  const ask = (format: string): Promise<string> =>
    textOf(`${base}/api/v1/allmetrics?format=${format}&filter=${encodeURIComponent(FILTER)}`);
  const moments: RecordedMoment[] = [];
  await ask('prometheus'); // it tells averages since the last time it was asked
  while (moments.length < MOMENTS) {
    await sleep(10_000);
    moments.push({ at: now(), json: await ask('json'), prometheus: await ask('prometheus') });
  }
  return moments;
}

async function dataOf(base: string, charts: readonly string[]): Promise<Record<string, string>> {
  const before = Math.floor((now() - SETTLE_SECONDS) / 10) * 10;
  const range = `after=${before - POINTS + 1}&before=${before}&tier=0`;
  const data: Record<string, string> = {};
  for (const chart of charts) {
    const options = 'format=json&options=seconds,jsonwrap&group=average';
    data[chart] = await textOf(`${base}/api/v1/data?chart=${encodeURIComponent(chart)}&${range}&${options}`);
  }
  return data;
}

async function record(base: string): Promise<Recording> {
  const info = await get(`${base}/api/v1/info`);
  const moments = await momentsOf(base);
  const charts = Object.keys(JSON.parse(moments[0]?.json ?? '{}') as object);
  return {
    server: info.headers.get('server') ?? '',
    filter: FILTER,
    info: await info.text(),
    chart: await textOf(`${base}/api/v1/chart?chart=system.cpu`),
    moments,
    data: await dataOf(base, charts),
  };
}

const recording = await record(process.argv[2] ?? 'http://127.0.0.1:19999');
mkdirSync(dirname(RECORDING), { recursive: true });
writeFileSync(RECORDING, gzipSync(JSON.stringify(recording), { level: 9 }));
console.log(`${Object.keys(recording.data).length} charts recorded in ${RECORDING}`);
