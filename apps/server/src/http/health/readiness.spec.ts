import { expect, test } from 'vitest';
import { Readiness } from './readiness.ts';

const answers = { ping: () => Promise.resolve() };
const running = { isHealthy: () => true };

function withConnections(connections: () => Promise<{ used: number; max: number }>): Readiness {
  return new Readiness({ ...answers, connections }, answers, running);
}

const TOO_FEW = 'connections are in use: raise max_connections, or run fewer processes';
test.each([
  [0, 100, { ok: true }],
  [95, 100, { ok: true }],
  [96, 100, { ok: false, detail: `96 of 100 ${TOO_FEW}` }],
  [100, 100, { ok: false, detail: `100 of 100 ${TOO_FEW}` }],
])('with %i of %i connections in use the answer is %j', async (used, max, expected) => {
  const report = await withConnections(() => Promise.resolve({ used, max })).check();
  expect(report.connections).toEqual(expected);
});

test('a check that fails says why and leaves the others alone', async () => {
  const report = await withConnections(() => Promise.reject(new Error('the wire is cut'))).check();
  expect(report).toEqual({
    database: { ok: true },
    connections: { ok: false, detail: 'the wire is cut' },
    queue: { ok: true },
    scheduler: { ok: true },
  });
});
