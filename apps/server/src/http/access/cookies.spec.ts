import express, { type Request } from 'express';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { clearSessionCookie, readCookie, SESSION_COOKIE, setSessionCookie } from './cookies.ts';

const NOW = new Date('2026-11-20T10:00:00.000Z');
const SECRET = 'Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OWFiY2RlZmdoaWo';

test.each([
  ['over plain http its own name', false, `distomon_session=${SECRET}`, SECRET],
  ['over TLS the name that only this host can set', true, `__Host-distomon_session=${SECRET}`, SECRET],
  ['over TLS nothing that a neighbour has planted', true, `distomon_session=${SECRET}`, null],
  ['over plain http not the other', false, `__Host-distomon_session=${SECRET}`, null],
  ['it among others', false, `a=b; distomon_session=${SECRET}; c=d`, SECRET],
  ['the first of two', false, `distomon_session=first; distomon_session=second`, 'first'],
  ['nothing where there is none', false, undefined, null],
  ['nothing that is empty', false, 'distomon_session=', null],
  ['no name that only ends so', false, `xdistomon_session=${SECRET}`, null],
  ['nothing of a broken header', false, ';;;=;distomon_session', null],
  ['what is no valid encoding, as it is', false, 'distomon_session=%E0%A4%A', '%E0%A4%A'],
  ['no property of objects', false, '__proto__=x', null],
])('is read: %s', (_what, secure, cookie, expected) => {
  const asked = { secure, headers: { cookie } } as unknown as Request;
  expect(readCookie(asked, SESSION_COOKIE)).toBe(expected);
});

describe('a session cookie', () => {
  const app = express()
    .set('trust proxy', 1)
    .get('/in', (_request, response) => {
      setSessionCookie(response, { secret: SECRET, expiresAt: new Date(NOW.getTime() + 60_500) }, NOW);
      response.end();
    })
    .get('/late', (_request, response) => {
      setSessionCookie(response, { secret: SECRET, expiresAt: new Date(NOW.getTime() - 1) }, NOW);
      response.end();
    })
    .get('/out', (_request, response) => {
      clearSessionCookie(response);
      response.end();
    });
  const answered = async (path: string, protocol: string): Promise<unknown> =>
    (await request(app).get(path).set('X-Forwarded-Proto', protocol)).headers['set-cookie'];

  test('over plain http is out of reach of scripts and of other sites, until the session ends', async () => {
    const cookie = `distomon_session=${SECRET}; Max-Age=60; Path=/; HttpOnly; SameSite=Lax`;
    await expect(answered('/in', 'http')).resolves.toEqual([cookie]);
  });

  test('over TLS is sent over TLS only, and belongs to this host alone', async () => {
    const cookie = `__Host-distomon_session=${SECRET}; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax`;
    await expect(answered('/in', 'https')).resolves.toEqual([cookie]);
  });

  test('of a session that is over is not kept', async () => {
    await expect(answered('/late', 'http')).resolves.toEqual([expect.stringContaining('Max-Age=0;')]);
  });

  test.each([
    ['http', 'distomon_session'],
    ['https', '__Host-distomon_session'],
  ])('is removed over %s', async (protocol, name) => {
    const cookie = expect.stringMatching(new RegExp(`^${name}=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970`));
    await expect(answered('/out', protocol)).resolves.toEqual([cookie]);
  });
});
