import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import express, { type Response } from 'express';
import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { abandoned, decideFormat, sendCsv, sendJson } from './send-answer.ts';

/** What the pieces of the last download came to. */
const seen = { pieces: 0, ended: false, failed: null as unknown, aborted: false };
const app = express();
let server: Server;
let url = '';

/** Pieces of 64 KiB, `count` of them, or until `failAt` of them are there. */
async function* pieces(count: number, failAt = Infinity): AsyncGenerator<string> {
  try {
    for (let piece = 0; piece < count; piece++) {
      if (piece === failAt) throw new Error('the database is gone');
      seen.pieces += 1;
      yield `${'x'.repeat(65_534)}\r\n`;
    }
  } finally {
    seen.ended = true;
  }
}

const route = (path: string, answer: (response: Response) => Promise<void> | void): void => {
  app.get(path, async (_request, response) => {
    Object.assign(seen, { pieces: 0, ended: false, failed: null, aborted: false });
    abandoned(response).addEventListener('abort', () => (seen.aborted = true));
    try {
      await answer(response);
    } catch (error) {
      seen.failed = error;
      if (!response.headersSent) response.status(500).end();
    }
  });
};

beforeAll(async () => {
  route('/small', response => sendCsv(response, { fileName: 'a-b.csv', settled: true }, pieces(2)));
  route('/open', response => sendCsv(response, { fileName: null, settled: false }, pieces(2)));
  route('/endless', response => sendCsv(response, { fileName: null, settled: false }, pieces(1_000_000)));
  route('/broken', response => sendCsv(response, { fileName: null, settled: false }, pieces(9, 3)));
  route('/broken-at-once', response => sendCsv(response, { fileName: null, settled: false }, pieces(9, 0)));
  route('/json', response => sendJson(response, '{"rows":[]}', false));
  route('/settled', response => sendJson(response, '{"rows":[]}', true));
  route('/format', response => void response.json(decideFormat(undefined, response)));
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5));
}

describe('a download', () => {
  test('has a name, and its lines', async () => {
    const answer = await fetch(`${url}/small`);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename=a-b.csv',
      'cache-control': 'private, max-age=3600',
      'x-content-type-options': 'nosniff',
      vary: 'Accept, Authorization, Cookie',
    });
    expect((await answer.text()).length).toBe(2 * 65_536);
    expect(seen).toEqual({ pieces: 2, ended: true, failed: null, aborted: false });
  });

  test('to be read here has none, and may be out of date', async () => {
    const { headers } = await fetch(`${url}/open`);
    expect(headers.get('content-disposition')).toBeNull();
    expect(headers.get('cache-control')).toBe('private, no-cache');
  });

  test('is read no further once the client is gone', async () => {
    const controller = new AbortController();
    const { body } = await fetch(`${url}/endless`, { signal: controller.signal });
    await body?.getReader().read();
    controller.abort();
    await until(() => seen.ended);
    expect(seen.pieces).toBeLessThan(1_000);
    await until(() => seen.aborted);
    expect(seen.failed).toBeNull();
  });

  test('is read no faster than the client takes it', async () => {
    const controller = new AbortController();
    await fetch(`${url}/endless`, { signal: controller.signal });
    let before = -1;
    while (before !== seen.pieces) {
      before = seen.pieces;
      await new Promise(resolve => setTimeout(resolve, 200));
    }
    expect(seen.ended).toBe(false);
    controller.abort();
    await until(() => seen.ended);
  });

  test('that fails half-way is cut off, so that nobody takes it for whole', async () => {
    const answer = await fetch(`${url}/broken`);
    await expect(answer.text()).rejects.toThrow('terminated');
    expect(seen).toMatchObject({ ended: true, failed: new Error('the database is gone') });
  });

  test('that fails at once is an error like any other', async () => {
    expect((await fetch(`${url}/broken-at-once`)).status).toBe(500);
  });

  test('that is asked for by HEAD is not read', async () => {
    const answer = await fetch(`${url}/endless`, { method: 'HEAD' });
    expect(answer.headers.get('content-type')).toContain('text/csv');
    await until(() => seen.ended);
    expect(seen.pieces).toBe(1);
  });
});

describe('JSON', () => {
  test('that may change has an ETag, and is not sent again to who has it', async () => {
    const first = await fetch(`${url}/json`);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('content-type')).toBe('application/json; charset=utf-8');
    // Not by fetch, which says with such a header that it wants no answer from a cache.
    const again = (etag: string) => supertest(url).get('/json').set('if-none-match', etag);
    await again(first.headers.get('etag') ?? '').expect(304, '');
    await again('W/"other"').expect(200);
  });

  test('that will not change may be kept', async () => {
    expect((await fetch(`${url}/settled`)).headers.get('cache-control')).toBe('private, max-age=3600');
  });
});

test.each([
  ['*/*', 'json'],
  ['application/json', 'json'],
  ['text/csv', 'csv'],
  ['text/csv, application/json;q=0.5', 'csv'],
  ['text/html', 'json'],
  ['nonsense', 'json'],
])('who accepts %s gets %s', async (accept, format) => {
  expect(await (await fetch(`${url}/format`, { headers: { accept } })).json()).toBe(format);
});
