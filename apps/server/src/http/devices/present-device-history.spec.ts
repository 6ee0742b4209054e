import { expect, test } from 'vitest';
import { presentDeviceHistory } from './present-device-history.ts';

const ASKED = { from: new Date('2026-11-20T10:00:00.500Z'), to: new Date('2026-11-20T11:00:00Z') };
const FACTS = ['time', 'reachable', 'reason', 'samples', 'source', 'filledAt', 'conclusion'];
const MINUTES = ['unreachableMinutes', 'unobservedMinutes'];
const second = (time: string): number => Date.parse(time) / 1000;

test('a history is told in the columns of a machine, with what is known of each point', () => {
  const measures = {
    in: { avg: [1, 2], min: [0, 1], max: [3, null] },
    out: { avg: [4, 5], min: [null, null], max: [null, null] },
  };
  const history = {
    from: second('2026-11-20T10:00:00Z'),
    stepSeconds: 120,
    measures,
    since: second('2026-11-19T00:00:00Z'),
  };
  const told = presentDeviceHistory({ kind: 'interface', name: 'eth0' }, ASKED, { reason: null, history });
  expect(told).toEqual({
    device: { kind: 'interface', name: 'eth0' },
    resolution: '2m',
    from: '2026-11-20T10:00:00.000Z',
    to: '2026-11-20T10:04:00.000Z',
    remembersSince: '2026-11-19T00:00:00.000Z',
    reason: null,
    detail: null,
    columns: [...FACTS, ...MINUTES, 'in.avg', 'in.min', 'in.max', 'out.avg', 'out.min', 'out.max'],
    rows: [
      ['2026-11-20T10:00:00.000Z', null, null, null, 'agent', null, null, null, null, 1, 0, 3, 4, null, null],
      ['2026-11-20T10:02:00.000Z', null, null, null, 'agent', null, null, null, null, 2, 1, null, 5, null, null],
    ],
  });
});

test.each([
  [null, null],
  [second('2026-11-20T10:30:00Z'), '2026-11-20T10:30:00.000Z'],
])('nothing is told with its reason, and with how far the agent remembers when it said so: %s', (since, told) => {
  const reading = { reason: 'timeout' as const, detail: 'no answer', since };
  const answer = presentDeviceHistory({ kind: 'mount', name: '/var' }, ASKED, reading);
  expect(answer).toMatchObject({ reason: 'timeout', detail: 'no answer', remembersSince: told, rows: [] });
  expect([answer.from, answer.to]).toEqual(['2026-11-20T10:00:00.500Z', '2026-11-20T11:00:00.000Z']);
  expect(answer.columns.slice(-6)).toEqual(
    ['usedPercent', 'usedBytes'].flatMap(measure => ['avg', 'min', 'max'].map(part => `${measure}.${part}`)),
  );
});
