import { Failure } from '../../support/failure.ts';
import { say } from '../../support/progress.ts';
import { cpuOf, type Part } from '../../support/usage.ts';
import { awaitCalm } from './calm.ts';
import type { Lots } from './draw.ts';
import type { HttpClient } from './http-client.ts';
import type { Question } from './questions.ts';
import { spreadOf, type Spread } from '../../support/spread.ts';
import type { Explained, SqlClient } from './sql-client.ts';

/** What one question came to. */
export interface Asked {
  readonly name: string;
  readonly limitMs: number | null;
  /** Empty where an answer has none. */
  readonly resolution: string;
  readonly requests: number;
  /** Of a usual answer. */
  readonly points: number | null;
  readonly bytes: number;
  /** Milliseconds through HTTP, and of the bare statement: over a connection, and in PostgreSQL alone. */
  readonly http: Spread;
  readonly sql: Spread;
  readonly database: Spread;
  /** CPU milliseconds of a request through HTTP, with whatever else is done meanwhile. */
  readonly cpuMs: Readonly<Partial<Record<Part, number>>>;
  /** Medians of what the bare statement reads. */
  readonly rowsRead: number;
  readonly buffers: number;
  readonly buffersRead: number;
}

export interface Askable {
  readonly http: HttpClient;
  readonly sql: SqlClient;
  readonly lots: Lots;
  /** The processes of the server and of PostgreSQL. */
  readonly roots: readonly number[];
}

const WARM_REQUESTS = 30;
/** Explained statements: what they read hardly differs. */
const EXPLAINED = 40;

/** Asks a question often enough, each time with other machines and another end. */
export async function ask(question: Question, requests: number, askable: Askable): Promise<Asked> {
  const { http, sql, lots, roots } = askable;
  const usual = await compareOnce(question, askable);
  await awaitCalm();
  const cpuBefore = cpuOf(roots, 'server');
  const throughHttp = await repeat(requests, async () => (await http.get(question.path(lots.draw(question)))).ms);
  const cpuMs = perRequest(cpuBefore, cpuOf(roots, 'server'), requests + WARM_REQUESTS);
  const bare = await repeat(requests, async () => {
    const statement = question.sql(lots.draw(question), usual.resolution);
    const startedAt = performance.now();
    await sql.run(statement);
    return performance.now() - startedAt;
  });
  const explained: Explained[] = [];
  while (explained.length < EXPLAINED)
    explained.push(await sql.explain(question.sql(lots.draw(question), usual.resolution)));
  const middle = (of: (one: Explained) => number): number => spreadOf(explained.map(of)).p50;
  const asked: Asked = {
    ...usual,
    name: question.name,
    limitMs: question.limitMs,
    requests,
    http: spreadOf(throughHttp),
    sql: spreadOf(bare),
    database: spreadOf(explained.map(one => one.ms)),
    cpuMs,
    rowsRead: middle(one => one.rowsRead),
    buffers: middle(one => one.buffers),
    buffersRead: middle(one => one.buffersRead),
  };
  say(`${question.name}: p95 ${asked.http.p95.toFixed(1)} ms, bare SQL ${asked.sql.p95.toFixed(1)} ms`);
  return asked;
}

/** The API and the bare statement have to mean the same: at each end of a series one point may be in or out. */
async function compareOnce(
  question: Question,
  { http, sql, lots }: Askable,
): Promise<Pick<Asked, 'resolution' | 'points' | 'bytes'>> {
  const drawn = lots.draw(question);
  const { bytes } = await http.get(question.path(drawn));
  const answer = JSON.parse(bytes.toString()) as { resolution?: string };
  const points = question.pointsOf(answer);
  const resolution = answer.resolution ?? '';
  const rows = await sql.run(question.sql(drawn, resolution));
  if (points !== null && Math.abs(points - rows) > 2 * drawn.machines.length)
    throw new Failure(`${question.path(drawn)} has ${points} points, and the database ${rows} rows of ${resolution}`);
  return { resolution, points, bytes: bytes.length };
}

function perRequest(before: Asked['cpuMs'], after: Asked['cpuMs'], requests: number): Asked['cpuMs'] {
  const parts = Object.entries(after) as [Part, number][];
  return Object.fromEntries(parts.map(([part, value]) => [part, (1000 * (value - (before[part] ?? 0))) / requests]));
}

async function repeat(requests: number, once: () => Promise<number>): Promise<number[]> {
  const times: number[] = [];
  for (let i = -WARM_REQUESTS; i < requests; i += 1) {
    const ms = await once();
    if (i >= 0) times.push(ms);
  }
  return times;
}
