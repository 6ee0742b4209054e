import { beforeEach, expect, test } from 'vitest';
import { Readiness } from './readiness.ts';

const running = { isHealthy: () => true };
const connectionRefused = new Error('connect ECONNREFUSED 10.1.2.3:5432, user "distomon"');

/** What was logged: how badly, and what. */
let logged: [string, object, string][];
const log = {
  debug: () => {},
  info: (facts: object, message: string) => void logged.push(['info', facts, message]),
  warn: (facts: object, message: string) => void logged.push(['warn', facts, message]),
  error: () => {},
};
/** Whether database and queue answer. */
let away: boolean;
const ping = (): Promise<void> => (away ? Promise.reject(connectionRefused) : Promise.resolve());

function withConnections(connections: () => Promise<{ used: number; max: number }>): Readiness {
  return new Readiness({ ping, connections }, { ping }, running, log);
}

beforeEach(() => {
  logged = [];
  away = false;
});

const FEW = 'the database has hardly any connections left: raise max_connections, or run fewer processes';
test.each([
  [0, 100, { ok: true }],
  [95, 100, { ok: true }],
  [96, 100, { ok: false, detail: FEW }],
  [100, 100, { ok: false, detail: FEW }],
])('with %i of %i connections in use the answer is %j', async (used, max, expected) => {
  const report = await withConnections(() => Promise.resolve({ used, max })).check();
  expect(report.connections).toEqual(expected);
});

test('a check that fails says so and leaves the others alone', async () => {
  const report = await withConnections(() => Promise.reject(new Error('the wire is cut'))).check();
  expect(report).toEqual({
    database: { ok: true },
    connections: { ok: false, detail: 'the database does not say whether it has connections left' },
    queue: { ok: true },
    scheduler: { ok: true },
  });
});

test('what went wrong is for the log, not for everybody', async () => {
  away = true;
  const report = await new Readiness(
    { ping, connections: () => Promise.reject(connectionRefused) },
    { ping },
    { isHealthy: () => false },
    log,
  ).check();
  expect(report).toEqual({
    database: { ok: false, detail: 'the database does not answer' },
    connections: { ok: false, detail: 'the database does not say whether it has connections left' },
    queue: { ok: false, detail: 'the queue does not answer' },
    scheduler: { ok: false, detail: 'a scheduler is late' },
  });
  expect(logged).toContainEqual([
    'warn',
    { check: 'database', error: connectionRefused },
    'the database does not answer',
  ]);
});

test('what fails is logged once however often one asks, and once when it is over', async () => {
  let used = 100;
  const readiness = withConnections(() =>
    away ? Promise.reject(connectionRefused) : Promise.resolve({ used, max: 100 }),
  );
  await readiness.check();
  await Promise.all([readiness.check(), readiness.check()]);
  expect(logged).toEqual([['warn', { check: 'connections', used: 100, max: 100 }, FEW]]);
  used = 0;
  await readiness.check();
  await readiness.check();
  expect(logged.slice(1)).toEqual([['info', { check: 'connections' }, `this is over: ${FEW}`]]);
  for (away of [true, true, false, false]) await readiness.check();
  const told = logged.slice(2).map(([level, { check }]: [string, { check?: string }, string]) => `${level} ${check}`);
  expect(told).toEqual(
    ['warn', 'info'].flatMap(level => ['database', 'connections', 'queue'].map(check => `${level} ${check}`)),
  );
});
