import { describe, expect, test } from 'vitest';
import { METRICS } from '#config';
import { truthOf } from '../support/hostile-agents.ts';
import {
  type Answer,
  at,
  column,
  DAY,
  HOUR,
  MINUTE,
  NETWORK,
  range,
  useHistory,
  WEB,
  WINDOW,
} from './stored-history.ts';

const history = useHistory();

describe('the resolution of a history', () => {
  test.each([
    ['a day: its windows', range(0, DAY), '10m', 144],
    ['five days: their windows', range(0, 5 * DAY), '10m', 720],
    ['twelve days: their hours', range(0, 12 * DAY), '1h', 288],
    ['forty days: those of their days that are stored', range(-28 * DAY, 12 * DAY), '1d', 12],
    ['a year: its days', `to=now&from=-365d`, '1d', 12],
    ['an hour of long ago: its windows', range(0, HOUR), '10m', 6],
    ['a minute of long ago: its window', range(12 * MINUTE, 13 * MINUTE), '10m', 1],
    ['hours, when they are asked for', `${range(0, DAY)}&resolution=1h`, '1h', 24],
    ['days, when they are asked for', `${range(HOUR, DAY)}&resolution=1d`, '1d', 1],
    ['windows, when they are asked for in another word', `${range(0, 12 * DAY)}&resolution=600s`, '10m', 1728],
  ])('suits %s', async (_what, query, resolution, points) => {
    const answer = await history.read(query);
    expect(answer.resolution).toBe(resolution);
    expect(answer.rows).toHaveLength(points);
    expect(answer.rows.every(row => row.length === answer.columns.length)).toBe(true);
  });

  test('begins with the point in which the range begins, and ends before its end', async () => {
    const answer = await history.read(range(5 * MINUTE, 30 * MINUTE));
    expect([answer.from, answer.to]).toEqual([at(0), at(30 * MINUTE)]);
    expect(column(answer, 'time')).toEqual([at(0), at(10 * MINUTE), at(20 * MINUTE)]);
  });
});

describe('a history', () => {
  test('has avg, min and max of every metric, exactly as they were stored', async () => {
    const answer = await history.read(range(0, HOUR));
    expect(answer.columns.slice(9)).toEqual(
      METRICS.flatMap(({ name }) => ['avg', 'min', 'max'].map(part => `${name}.${part}`)),
    );
    expect(column(answer, 'cpu.avg')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(column(answer, 'memory.avg')).toEqual(Array(6).fill(0.1 + 0.2));
    expect(column(answer, 'swap.avg')).toEqual(Array(6).fill(null));
    expect(column(answer, 'samples')).toEqual(Array(6).fill(600));
  });

  test.each([
    ['metrics=memory,cpu&parts=max', ['memory.max', 'cpu.max']],
    ['metrics=cpu&metrics=swap&parts=min,avg', ['cpu.min', 'cpu.avg', 'swap.min', 'swap.avg']],
    ['metrics=cpu&parts=avg&samples=all', ['cpu.avg', 'cpu.samples', 'cpu.expected']],
  ])('has what is asked for: %s', async (query, columns) => {
    expect((await history.read(`${range(0, HOUR)}&${query}`)).columns.slice(9)).toEqual(columns);
  });

  test('keeps why a window could not be read, and what it turned out to be', async () => {
    const answer = await history.read(`${range(5 * HOUR, 6 * HOUR)}&metrics=cpu&parts=avg`);
    expect(column(answer, 'cpu.avg')).toEqual([null, null, null, null, 34, 35]);
    expect(column(answer, 'reachable')).toEqual([false, false, false, false, true, true]);
    expect(column(answer, 'reason')).toEqual(['timeout', 'timeout', 'timeout', 'unobserved', null, null]);
    expect(column(answer, 'conclusion')).toEqual(['no_data', 'no_data', 'no_data', 'distomon', null, null]);
    expect(column(answer, 'unreachableMinutes')).toEqual([10, 10, 10, 0, 0, 0]);
    expect(column(answer, 'unobservedMinutes')).toEqual([0, 0, 0, 10, 0, 0]);
  });

  test('of hours says how long it could not be reached, and how long nobody looked', async () => {
    const answer = await history.read(`${range(4 * HOUR, 7 * HOUR)}&resolution=1h&metrics=cpu&parts=avg,max`);
    expect(column(answer, 'cpu.avg')).toEqual([26.5, 34.5, 38.5]);
    expect(column(answer, 'reachable')).toEqual([true, false, true]);
    expect(column(answer, 'reason')).toEqual([null, 'timeout', null]);
    expect(column(answer, 'unreachableMinutes')).toEqual([0, 30, 0]);
    expect(column(answer, 'unobservedMinutes')).toEqual([0, 10, 0]);
    expect(column(answer, 'samples')).toEqual([3600, 1200, 3600]);
  });

  test.each([
    ['windows', 'resolution=10m', [5, 5, 5, 5, 5, 5, null]],
    ['hours', 'resolution=1h', [5, null]],
  ])('has charts beside the metrics, of %s too', async (_what, resolution, received) => {
    const answer = await history.read(`${range(0, HOUR + 1)}&${resolution}&charts=net.eth0,nope&metrics=cpu&parts=avg`);
    expect(answer.columns.slice(-2).toSorted()).toEqual(['net.eth0.=sent.avg', 'net.eth0.received.avg']);
    expect(column(answer, 'net.eth0.received.avg')).toEqual(received);
  });

  test('a chart with a NUL in its name has no columns', async () => {
    const answer = await history.read(`${range(0, HOUR)}&charts=a%00b&metrics=cpu&parts=avg`);
    expect(answer.columns.at(-1)).toBe('cpu.avg');
  });
});

describe('seconds', () => {
  /** The last ten minutes that are over for certain, in whole seconds. */
  const lately = (seconds: number): { from: number; query: string } => {
    const from = (Math.floor(Date.now() / 60_000) - 15) * 60;
    const [start, end] = [from, from + seconds].map(second => new Date(second * 1000).toISOString());
    return { from, query: `from=${start}&to=${end}` };
  };
  const cpuAt = (second: number): number => {
    const { user, system, iowait } = truthOf(0, second);
    return user + system + iowait;
  };

  test('are read from the agent when the range is short, each as the machine had it', async () => {
    const { from, query } = lately(300);
    const answer = await history.read(`${query}&metrics=cpu&parts=avg`);
    expect(answer.resolution).toBe('1s');
    expect(column(answer, 'source')).toEqual(Array(300).fill('agent'));
    expect(Date.parse(String(answer.rows[0]?.[0]))).toBe(from * 1000);
    const cpu = column(answer, 'cpu.avg') as number[];
    // The agent's point of a second is stamped with its end.
    for (const [i, value] of cpu.entries()) expect(value).toBeCloseTo(cpuAt(from + i + 1), 6);
  });

  test.each(['10s', '1m'])('are put together to %s', async resolution => {
    const { from, query } = lately(600);
    const answer = await history.read(`${query}&resolution=${resolution}&metrics=cpu`);
    expect(answer.resolution).toBe(resolution);
    const step = resolution === '1m' ? 60 : 10;
    expect(answer.rows).toHaveLength(600 / step);
    const truth = Array.from({ length: step }, (_, i) => cpuAt(from + i + 1));
    const [row] = answer.rows;
    expect(row?.slice(0, 5)).toEqual([new Date(from * 1000).toISOString(), null, null, step, 'agent']);
    expect(row?.at(-3)).toBeCloseTo(truth.reduce((sum, value) => sum + value, 0) / step, 6);
    expect(row?.slice(-2)).toEqual(
      [Math.min(...truth), Math.max(...truth)].map(value => expect.closeTo(value, 6) as number),
    );
  });

  test('are not to be kept, and come from the rows when the agent does not answer', async () => {
    const { query } = lately(290); // what was read a moment ago would be known still
    await history.agents.setFault(0, { kind: '403', on: 'everything' });
    const { body, headers } = await history.api.get(`${WEB}/metrics?${query}&resolution=1s`).expect(200);
    await history.agents.setFault(0, null);
    expect((body as Answer).resolution).toBe('10m');
    expect(headers['cache-control']).toBe('private, no-cache');
  });

  test('are not asked for of long ago unless somebody does, and then the rows answer', async () => {
    expect((await history.read(range(0, 5 * MINUTE))).resolution).toBe('10m');
  });
});

describe('several machines', () => {
  interface Several extends Answer {
    readonly series: readonly {
      readonly machine: string;
      readonly resolution: string;
      readonly rows: Answer['rows'];
    }[];
  }
  const several = (query: string): Promise<Several> => history.server.api<Several>(`${NETWORK}/metrics?${query}`);

  test('come in the order asked for, with the same columns', async () => {
    const answer = await several(`machines=web-2,db-1&machines=web-1&metrics=cpu&parts=avg&${range(0, 20 * MINUTE)}`);
    expect(answer).toMatchObject({ network: 'acme', resolution: '10m', from: at(0), to: at(20 * MINUTE) });
    expect(answer.series.map(one => [one.machine, column({ ...answer, rows: one.rows }, 'cpu.avg')])).toEqual([
      ['web-2', [1000, 1001]],
      ['db-1', []],
      ['web-1', [0, 1]],
    ]);
  });

  test('have their seconds, or their rows when an agent does not answer', async () => {
    await history.agents.setFault(1, { kind: '403', on: 'everything' });
    const answer = await several('machines=web-1,web-2&metrics=cpu&parts=avg&from=-5m&to=now');
    await history.agents.setFault(1, null);
    expect(answer.series.map(({ machine, resolution }) => [machine, resolution])).toEqual([
      ['web-1', '1s'],
      ['web-2', '10m'],
    ]);
  });
});

describe('one metric of all machines', () => {
  const metric = (query: string): Promise<Record<string, unknown>> =>
    history.server.api(`${NETWORK}/metrics/cpu?${query}`);

  test('is a column for each at the same times', async () => {
    expect(await metric(range(29 * WINDOW, 32 * WINDOW))).toEqual({
      network: 'acme',
      metric: 'cpu',
      unit: 'percent',
      resolution: '10m',
      from: at(29 * WINDOW),
      to: at(32 * WINDOW),
      times: [at(29 * WINDOW), at(30 * WINDOW), at(31 * WINDOW)],
      series: [
        { machine: 'db-1', avg: [null, null, null] },
        { machine: 'web-1', avg: [29, null, null] },
        { machine: 'web-2', avg: [1029, 1030, 1031] },
      ],
    });
  });

  test('has what of it is asked for', async () => {
    const { resolution, series } = await metric(`${range(0, DAY)}&resolution=1d&parts=min,max`);
    expect(resolution).toBe('1d');
    expect(series).toEqual([
      { machine: 'db-1', min: [null], max: [null] },
      { machine: 'web-1', min: [-0.5], max: [143.5] },
      { machine: 'web-2', min: [999.5], max: [1143.5] },
    ]);
  });
});
