import { expect, test } from 'vitest';
import { Readiness } from './readiness.ts';

const answers = { ping: () => Promise.resolve() };
const running = { isHealthy: () => true };

function withConnections(connections: () => Promise<{ used: number; max: number }>): Readiness {
  return new Readiness({ ...answers, connections }, answers, running);
}

test.each([
  [0, 100, true],
  [95, 100, true],
  [96, 100, false],
  [100, 100, false],
])('with %i of %i connections in use the database has room: %s', async (used, max, ok) => {
  const report = await withConnections(() => Promise.resolve({ used, max })).check();
  expect(report.connections.ok).toBe(ok);
  if (!ok) expect(report.connections.detail).toContain(`${used} of ${max} connections`);
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
