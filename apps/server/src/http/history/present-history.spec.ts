import { describe, expect, test } from 'vitest';
import type { MetricRow, MetricSummary } from '#storage';
import { historyColumns, historyRows } from './present-history.ts';

const summary = (avg: number): MetricSummary => ({ avg, min: avg - 1, max: avg + 1, samples: 600, expected: 600 });

function row(minute: number, charts: MetricRow['charts'] = {}): MetricRow {
  const windowStart = new Date(Date.UTC(2026, 10, 20, 10, minute));
  const facts = { machineId: 1, windowStart, collectedAt: windowStart, reason: null, fullestMount: null };
  return { ...facts, reachable: true, source: 'agent', metrics: { cpu: summary(5), memory: summary(50) }, charts };
}

const ROWS = [
  row(0),
  row(10, { 'net.eth0': { received: summary(100), sent: summary(-40) }, 'nginx.requests': { requests: summary(7) } }),
  row(20, { 'net.eth0': { received: summary(110), multicast: summary(3) } }),
];

/** The columns after those of the metrics, and what the rows have there. */
function chartsOf(charts: readonly string[], samples = false): Record<string, unknown> {
  const columns = historyColumns({ samples, charts }, ROWS);
  const plain = historyColumns({ samples, charts: [] }, ROWS).length;
  const rows = historyRows(columns, ROWS);
  return Object.fromEntries(columns.slice(plain).map(({ name }, i) => [name, rows.map(cells => cells[plain + i])]));
}

describe('charts of a history', () => {
  test('are left out as long as nobody asks for them', () => {
    expect(chartsOf([])).toEqual({});
  });

  test('have avg, min and max of each dimension that any row has, and null where a row has none', () => {
    expect(chartsOf(['net.eth0'])).toEqual({
      'net.eth0.received.avg': [null, 100, 110],
      'net.eth0.received.min': [null, 99, 109],
      'net.eth0.received.max': [null, 101, 111],
      'net.eth0.sent.avg': [null, -40, null],
      'net.eth0.sent.min': [null, -41, null],
      'net.eth0.sent.max': [null, -39, null],
      'net.eth0.multicast.avg': [null, null, 3],
      'net.eth0.multicast.min': [null, null, 2],
      'net.eth0.multicast.max': [null, null, 4],
    });
  });

  test('come in the order asked for, each once', () => {
    const charts = ['nginx.requests', 'net.eth0', 'nginx.requests'];
    const names = historyColumns({ samples: false, charts }, ROWS).map(({ name }) => name);
    const averages = names.filter(name => /^(nginx|net)\..*avg$/.test(name));
    expect(averages).toEqual([
      'nginx.requests.requests.avg',
      'net.eth0.received.avg',
      'net.eth0.sent.avg',
      'net.eth0.multicast.avg',
    ]);
  });

  test('have their samples too when all are asked for', () => {
    expect(chartsOf(['nginx.requests'], true)['nginx.requests.requests.expected']).toEqual([null, 600, null]);
  });

  test.each(['nothing.stored', 'constructor', '__proto__', ''])(
    'without a value anywhere ("%s") have no columns',
    chart => {
      expect(chartsOf([chart])).toEqual({});
    },
  );
});
