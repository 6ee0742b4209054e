import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerProcess } from '../support/server-process.ts';
import { createDatabase, databases, type DisposableDatabase } from '../support/services.ts';
import { requestsTo, type Requests } from './requests.ts';

const NETWORK = '/api/v1/networks/acme';
let database: DisposableDatabase;
let server: ServerProcess;
let api: Requests;

beforeAll(async () => {
  database = await createDatabase(databases()[0]?.url ?? '');
  server = await ServerProcess.create({ DATABASE_URL: database.url });
  // Nothing listens there: what is wrong is told before anybody is asked.
  await server.network(`network_id: acme\nversion: 1\nmachines:\n  - { name: web-1, netdata: "http://127.0.0.1:9" }\n`);
  await server.start();
  api = await requestsTo(server);
});
afterAll(async () => {
  await server?.dispose();
  await database?.drop();
});

describe('a request for history that is wrong gets a problem document', () => {
  const TEN_THOUSAND_YEARS = 'from=1970-01-01T00:00:00Z&to=9999-12-31T00:00:00Z';
  test.each([
    ['a reversed range', 'machines/web-1/metrics?from=-1h&to=-2h', 400, 'INVALID_RANGE'],
    ['an empty range', 'machines/web-1/metrics?from=now&to=now', 400, 'INVALID_RANGE'],
    ['the year 0', 'machines/web-1/metrics?from=0000-01-01T00:00:00Z', 400, 'INVALID_REQUEST'],
    ['the year 1000', 'machines/web-1/metrics?from=1000-01-01T00:00:00Z', 400, 'INVALID_RANGE'],
    ['ten thousand years', `machines/web-1/metrics?${TEN_THOUSAND_YEARS}`, 400, 'INVALID_RANGE'],
    ['ten thousand years back', 'machines/web-1/metrics?from=-3650000d', 400, 'INVALID_RANGE'],
    [
      'ten thousand years of windows',
      `machines/web-1/metrics?${TEN_THOUSAND_YEARS}&resolution=10m`,
      400,
      'TOO_MANY_POINTS',
    ],
    [
      'ten thousand years of days',
      `machines/web-1/metrics?${TEN_THOUSAND_YEARS}&resolution=1d`,
      400,
      'TOO_MANY_POINTS',
    ],
    [
      'ten thousand years as CSV',
      `machines/web-1/metrics?${TEN_THOUSAND_YEARS}&resolution=10m&format=csv`,
      400,
      'TOO_MANY_POINTS',
    ],
    ['ten thousand years of all machines', `metrics/cpu?${TEN_THOUSAND_YEARS}`, 400, 'INVALID_RANGE'],
    ['ten thousand years of uptime', `machines/web-1/uptime?${TEN_THOUSAND_YEARS}`, 400, 'INVALID_RANGE'],
    ['ten thousand years of gaps', `machines/web-1/gaps?${TEN_THOUSAND_YEARS}`, 400, 'INVALID_RANGE'],
    ['a day of seconds', 'machines/web-1/metrics?from=-1d&resolution=1s', 400, 'TOO_MANY_POINTS'],
    ['a year of windows', 'machines/web-1/metrics?from=-365d&resolution=10m', 400, 'TOO_MANY_POINTS'],
    ['no date', 'machines/web-1/metrics?from=soon', 400, 'INVALID_REQUEST'],
    ['weeks', 'machines/web-1/metrics?from=-2w', 400, 'INVALID_REQUEST'],
    ['an unknown metric', 'machines/web-1/metrics?metrics=cpu,mem', 400, 'UNKNOWN_METRIC'],
    ['a metric that is no name', 'machines/web-1/metrics?metrics[a]=cpu', 400, 'INVALID_REQUEST'],
    ['no metric', 'machines/web-1/metrics?metrics=', 400, 'INVALID_REQUEST'],
    ['an unknown metric of all machines', 'metrics/mem', 404, 'UNKNOWN_METRIC'],
    ['an unknown machine', 'machines/nope/metrics', 404, 'MACHINE_NOT_FOUND'],
    ['an unknown machine among several', 'metrics?machines=web-1,nope', 404, 'MACHINE_NOT_FOUND'],
    ['no machines', 'metrics', 400, 'INVALID_REQUEST'],
    [
      'too many machines',
      `metrics?machines=${Array.from({ length: 101 }, (_, i) => `m${i}`).join(',')}`,
      400,
      'INVALID_REQUEST',
    ],
    [
      'too many charts',
      `machines/web-1/metrics?charts=${Array.from({ length: 51 }, (_, i) => `c${i}`).join(',')}`,
      400,
      'INVALID_REQUEST',
    ],
    ['a chart with a long name', `machines/web-1/metrics?charts=${'x'.repeat(201)}`, 400, 'INVALID_REQUEST'],
    ['an unknown resolution', 'machines/web-1/metrics?resolution=5m', 400, 'UNKNOWN_RESOLUTION'],
    ['a resolution without a unit', 'machines/web-1/metrics?resolution=10', 400, 'INVALID_REQUEST'],
    ['seconds of all machines', 'metrics/cpu?resolution=1s', 400, 'UNKNOWN_RESOLUTION'],
    ['unknown parts', 'machines/web-1/metrics?parts=avg,p99', 400, 'INVALID_REQUEST'],
    ['no parts', 'machines/web-1/metrics?parts=', 400, 'INVALID_REQUEST'],
    ['an unknown format', 'machines/web-1/metrics?format=xml', 400, 'INVALID_REQUEST'],
    ['uptime of an unknown machine', 'machines/nope/uptime', 404, 'MACHINE_NOT_FOUND'],
    ['gaps of an unknown machine', 'machines/nope/gaps', 404, 'MACHINE_NOT_FOUND'],
    ['a cursor that is none', 'machines/web-1/gaps?cursor=x', 400, 'INVALID_REQUEST'],
    ['an unknown parameter', 'metrics/cpu?machines=web-1', 400, 'INVALID_REQUEST'],
  ])('%s', async (_what, path, status, code) => {
    const { body, headers } = await api.get(`${NETWORK}/${path}`);
    expect(body).toMatchObject({ status, code });
    expect(headers['content-type']).toContain('application/problem+json');
  });

  test('and is told what would be right', async () => {
    const detailOf = async (path: string): Promise<string> =>
      (await api.get(`${NETWORK}/${path}`)).body.detail as string;
    expect(await detailOf('machines/web-1/metrics?metrics=memroy')).toContain('did you mean "memory"?');
    expect(await detailOf('machines/web-1/metrics?from=-365d&resolution=10m')).toContain('resolution=1h would do');
    expect(await detailOf('machines/web-1/metrics?resolution=5m')).toContain('there are: 1s, 10s, 1m, 10m, 1h, 1d');
  });
});
