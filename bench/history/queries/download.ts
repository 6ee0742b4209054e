import { Failure } from '../../support/failure.ts';
import { say } from '../../support/progress.ts';
import { NETWORK } from '../fill/network.ts';
import type { HistoryPlan } from '../plan.ts';
import type { Askable } from './ask.ts';
import { readMachine } from './bare-sql.ts';
import { awaitCalm } from './calm.ts';
import type { Drawn } from './draw.ts';
import { forgetPeak, residentMemory } from './resident-memory.ts';
import { spreadOf, type Spread } from '../../support/spread.ts';

/** What downloads of all rows of a machine came to. */
export interface Downloads {
  readonly days: number;
  readonly downloads: number;
  /** Of a usual one; the header line is not counted. */
  readonly lines: number;
  readonly bytes: number;
  readonly seconds: Spread;
  readonly firstByteMs: Spread;
  readonly mbPerSecond: number;
  /** The bare statement, over a connection; its rows are all in memory at its end. */
  readonly sqlSeconds: Spread;
  /** Of the server's process: before the downloads, and the most meanwhile. */
  readonly memoryBeforeBytes: number;
  readonly memoryPeakBytes: number;
}

const DOWNLOADS = 5;
const NEWLINE = 10;

/** Downloads the rows of some machines as CSV, one after the other, and watches the memory of the server's process. */
export async function download(
  { machines, days }: Pick<HistoryPlan, 'machines' | 'days'>,
  server: { readonly pid: number },
  askable: Askable,
): Promise<Downloads> {
  await awaitCalm();
  const drawn = Array.from({ length: Math.min(DOWNLOADS, machines) }, () =>
    askable.lots.draw({ machines: 1, days: Math.min(365, days) }),
  );
  const before = residentMemory(server.pid).now;
  forgetPeak(server.pid);
  const downloads = [];
  for (const one of drawn) downloads.push(await downloadOne(one, askable));
  const memoryPeakBytes = residentMemory(server.pid).peak;
  const sqlSeconds: number[] = [];
  for (const one of drawn) sqlSeconds.push(await bareSeconds(one, askable));
  const [usual] = downloads;
  if (usual === undefined) throw new Failure('nothing was downloaded');
  const seconds = spreadOf(downloads.map(({ ms }) => ms / 1000));
  say(`CSV: ${usual.lines} lines in ${seconds.p50.toFixed(2)} s`);
  return {
    days: Math.min(365, days),
    downloads: downloads.length,
    lines: usual.lines,
    bytes: usual.bytes,
    seconds,
    firstByteMs: spreadOf(downloads.map(one => one.firstByteMs)),
    mbPerSecond: usual.bytes / 1e6 / seconds.p50,
    sqlSeconds: spreadOf(sqlSeconds),
    memoryBeforeBytes: before,
    memoryPeakBytes,
  };
}

async function downloadOne(drawn: Drawn, { http, sql }: Askable) {
  const range = `from=${drawn.from.toISOString()}&to=${drawn.to.toISOString()}`;
  const path = `/api/v1/networks/${NETWORK}/machines/${drawn.machines[0]?.name ?? ''}/metrics?${range}&resolution=10m`;
  let [bytes, lines] = [0, -1];
  const measured = await http.read(path, 'text/csv', piece => {
    bytes += piece.length;
    for (let at = piece.indexOf(NEWLINE); at >= 0; at = piece.indexOf(NEWLINE, at + 1)) lines += 1;
  });
  const rows = await sql.run(readMachine(drawn, '10m'));
  if (Math.abs(lines - rows) > 2) throw new Failure(`${path} as CSV has ${lines} lines, and the database ${rows} rows`);
  return { ...measured, bytes, lines };
}

async function bareSeconds(drawn: Drawn, { sql }: Askable): Promise<number> {
  const startedAt = performance.now();
  await sql.run(readMachine(drawn, '10m'));
  return (performance.now() - startedAt) / 1000;
}
