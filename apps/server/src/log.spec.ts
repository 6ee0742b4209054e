import { Writable } from 'node:stream';
import express from 'express';
import { pino } from 'pino';
import { pinoHttp } from 'pino-http';
import request from 'supertest';
import { expect, test, vi } from 'vitest';
import { httpLogOptions } from './log.ts';

test.each([
  [200, 20],
  [404, 30],
  [503, 50],
])(
  'a request that got %i is logged by method, path, status and duration, and by nothing else',
  async (status, level) => {
    const lines: string[] = [];
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const logger = pino({ level: 'debug', base: null, timestamp: false }, stream);
    const app = express().use(pinoHttp(httpLogOptions(logger)), (_request, response) => {
      response.set('set-cookie', 'session=secret-1').status(status).end();
    });
    await request(app)
      .get('/a/path?token=secret-2')
      .set({ authorization: 'Bearer secret-3', cookie: 'session=secret-4' });

    await vi.waitFor(() => expect(lines).toHaveLength(1));
    expect(lines[0]).not.toContain('secret');
    const { err: _error, ...line } = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
    expect(line).toEqual({
      level,
      msg: expect.any(String) as string,
      req: { method: 'GET', path: '/a/path' },
      res: { status },
      responseTime: expect.any(Number) as number,
    });
  },
);
