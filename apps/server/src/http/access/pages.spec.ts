import express, { type Express } from 'express';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import type { Principal } from '#auth';
import { AppError } from '#config';
import { recogniseCallers } from './caller.ts';
import { refusalOfPage, sendRefusal, signedInOnly } from './pages.ts';

const HTML = 'text/html,*/*;q=0.8';
const lookUp = (secret: string): Promise<Principal | null> => {
  if (secret === 'outage')
    return Promise.reject(new AppError('STORAGE_UNAVAILABLE', 'It is away.', { retryable: true }));
  if (secret === 'fault') return Promise.reject(new Error('a fault of ours'));
  const known = { mine: ['metrics:read'], admins: ['metrics:read', 'history:read'] }[secret];
  return Promise.resolve(known === undefined ? null : ({ via: 'session', permissions: known } as unknown as Principal));
};
const authenticator = { bySession: lookUp, byToken: () => Promise.resolve({ via: 'token' } as Principal) };

function pages(): Express {
  return express()
    .use(recogniseCallers(authenticator))
    .use('/api/docs', signedInOnly(), (_request, response) => void response.send('docs'))
    .use(async (asked, response) => {
      const refusal = await refusalOfPage(asked);
      if (refusal === null) response.send('page');
      else sendRefusal(response, refusal);
    });
}

const TOKEN = { authorization: 'Bearer dm_abc' };
const signedIn = (secret: string): Record<string, string> => ({ cookie: `distomon_session=${secret}` });

describe('a page', () => {
  test.each([
    ['is shown to who is signed in', '/machines', signedIn('mine'), 200],
    ['sends everybody else to sign in', '/machines', {}, 303],
    ['sends who was signed in once to sign in', '/machines', signedIn('old'), 303],
    ['is for people, not for tokens', '/machines', TOKEN, 303],
    ['to sign in on is shown to everybody', '/sign-in', {}, 200],
    ['to begin on is shown to everybody', '/setup', {}, 200],
    ['that a link leads to is shown to everybody', '/link', {}, 200],
    ['that says no is shown to everybody', '/forbidden', signedIn('old'), 200],
    ['below one of these is not', '/setup/more', {}, 303],
    ['that only begins so is not', '/sign-in-now', {}, 303],
    ['is shown while the database is away: it says so', '/machines', signedIn('outage'), 200],
    ['is not shown when something is broken', '/machines', signedIn('fault'), 500],
    ['of the past is shown to who may see it', '/events', signedIn('admins'), 200],
    ['of the past is not shown to who sees the present', '/events', signedIn('mine'), 303],
    ['of the past is shown while the database is away', '/events', signedIn('outage'), 200],
  ])('%s', async (_what, path, headers, status) => {
    const answer = await request(pages())
      .get(path)
      .set({ accept: HTML, ...headers });
    expect(answer.status).toBe(status);
  });

  test('is come back to, with its query', async () => {
    const { headers } = await request(pages()).get('/machines/acme?sort=cpu').set('accept', HTML);
    expect(headers).toMatchObject({
      location: '/sign-in?next=%2Fmachines%2Facme%3Fsort%3Dcpu',
      'cache-control': 'no-store',
    });
  });
});

describe('a page that somebody may not have', () => {
  test('leads a browser to one that says what is missing', async () => {
    const { headers } = await request(pages())
      .get('/events?network=acme')
      .set({ accept: HTML, ...signedIn('mine') });
    expect(headers['location']).toBe('/forbidden?permission=history%3Aread&path=%2Fevents');
  });

  test('is told to whatever is no browser', async () => {
    const answer = await request(pages()).get('/events').set(signedIn('mine'));
    expect([answer.status, JSON.parse(answer.text)]).toMatchObject([403, { code: 'FORBIDDEN' }]);
  });
});

describe('the documentation', () => {
  test.each([
    ['a session', signedIn('mine'), 200, 'private, no-cache'],
    ['a token', TOKEN, 200, 'private, no-cache'],
    ['nobody', {}, 401, 'no-store'],
    ['a browser of nobody', { accept: HTML }, 303, 'no-store'],
  ])('is asked for by %s', async (_who, headers, status, kept) => {
    const answer = await request(pages()).get('/api/docs').set(headers);
    expect([answer.status, answer.headers['cache-control']]).toEqual([status, kept]);
  });

  test('is come back to', async () => {
    const { headers } = await request(pages()).get('/api/docs/?a=1').set('accept', HTML);
    expect(headers['location']).toBe('/sign-in?next=%2Fapi%2Fdocs%2F%3Fa%3D1');
  });
});
