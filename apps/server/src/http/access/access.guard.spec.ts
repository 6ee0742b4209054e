import type { Server } from 'node:http';
import { Body, Controller, Get, Module, Param, Post } from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import request from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Permission, PERMISSION_NAMES, type Principal } from '#auth';
import { Clock } from '#config';
import type { Storage } from '#storage';
import { ProblemFilter } from '../problem/problem.filter.ts';
import { createValidationPipe } from '../problem/validation.ts';
import { AccessGuard } from './access.guard.ts';
import { Allow, OwnAccountOnly, Public } from './access-rule.ts';
import { recogniseCallers } from './caller.ts';
import { LocalToo } from './local-request.ts';
import { requestLimit } from './request-limit.ts';
import { undeclaredRoutesOf } from './require-declared-access.ts';
import { Who } from './who.ts';

const HTML = 'text/html,*/*;q=0.8';
const LIMIT = 5;

@Controller('t')
class DeclaredController {
  @Get('public')
  @Public()
  open(@Who() who: Principal | null): { who: string | null } {
    return { who: who?.email ?? null };
  }

  @Post('public')
  @Public()
  change(@Body() body: unknown): { body: unknown } {
    return { body };
  }

  @Get('past')
  @Allow('history:read')
  past(@Who() who: Principal): { who: string } {
    return { who: who.email };
  }

  @Post('own')
  @OwnAccountOnly()
  own(@Who() who: Principal): { who: string } {
    return { who: who.email };
  }

  @Get('local')
  @Allow('server:read')
  @LocalToo()
  local(): { ok: true } {
    return { ok: true };
  }

  @Get('networks/:network')
  @Allow('metrics:read')
  network(@Param('network') network: string): { network: string } {
    return { network };
  }

  @Get('live')
  @Allow('metrics:read')
  live(): { ok: true } {
    return { ok: true };
  }
}

@Allow('metrics:read')
@Controller('c')
class ClosedController {
  @Get('class')
  ofClass(): { ok: true } {
    return { ok: true };
  }

  @Get('route')
  @Allow('users:read')
  ofRoute(): { ok: true } {
    return { ok: true };
  }
}

@Controller('u')
class UndeclaredController {
  @Get()
  read(): { ok: true } {
    return { ok: true };
  }

  @Get('told')
  @Public()
  told(): { ok: true } {
    return { ok: true };
  }

  helper(): void {}
}

const ALL: readonly Permission[] = PERMISSION_NAMES;
const person = (permissions: readonly Permission[], networks: readonly string[] | null = null): Partial<Principal> => ({
  via: 'session',
  accountId: permissions.length,
  email: `${permissions.length}@example.org`,
  permissions,
  networks,
});
const SESSIONS: Record<string, Partial<Principal>> = {
  admin: person(ALL),
  user: person(['metrics:read']),
  limited: person(['metrics:read', 'history:read'], ['acme', 'gone']),
  nowhere: person(['metrics:read'], []),
};
const guarded = { networks: ['acme', 'other'], publicUrl: null, proxied: false };
let lookups = 0;
const counts = new Map<string, number>();

let app: NestExpressApplication;
let server: Server;

beforeAll(async () => {
  const authenticator = {
    bySession: (cookie: string) => {
      lookups += 1;
      return Promise.resolve((SESSIONS[cookie] ?? null) as Principal | null);
    },
    byToken: (token: string) =>
      Promise.resolve(token === 'dm_all' ? ({ ...SESSIONS['admin'], via: 'token' } as Principal) : null),
  };
  const requestCounts = {
    count: (key: string) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return Promise.resolve({ hits: counts.get(key) ?? 0, resetsInMs: 29_500 });
    },
  };
  const counted = {
    storage: { requestCounts } as unknown as Pick<Storage, 'requestCounts'>,
    clock: new Clock(),
    get proxied() {
      return guarded.proxied;
    },
  };

  @Module({
    imports: [ThrottlerModule.forRoot(requestLimit(LIMIT, counted))],
    controllers: [DeclaredController, ClosedController, UndeclaredController],
    providers: [
      { provide: APP_GUARD, useClass: ThrottlerGuard },
      { provide: APP_GUARD, inject: [Reflector], useFactory: (found: Reflector) => new AccessGuard(found, guarded) },
    ],
  })
  class TestModule {}

  app = await NestFactory.create<NestExpressApplication>(TestModule, { logger: false, bodyParser: false });
  app.useGlobalFilters(new ProblemFilter({ debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }));
  app.useGlobalPipes(createValidationPipe());
  app.use(recogniseCallers(authenticator));
  app.useBodyParser('json', { limit: 100 });
  await app.listen(0, '127.0.0.1');
  server = app.getHttpServer() as Server;
});
afterAll(() => app.close());
beforeEach(() => {
  counts.clear();
  lookups = 0;
  guarded.proxied = false;
});

const as = (session: string): Record<string, string> => ({ cookie: `distomon_session=${session}` });
const TOKEN = { authorization: 'Bearer dm_all' };

describe('a route', () => {
  test.each([
    ['that is public lets anybody in', 'get', '/t/public', {}, 200, undefined],
    ['that is public knows who it is', 'get', '/t/public', as('user'), 200, undefined],
    ['is closed to nobody', 'get', '/t/past', {}, 401, 'NOT_SIGNED_IN'],
    ['is closed to who was signed in once', 'get', '/t/past', as('forgotten'), 401, 'NOT_SIGNED_IN'],
    ['is closed to a token in the URL', 'get', '/t/past?token=dm_all&access_token=dm_all', {}, 401, 'NOT_SIGNED_IN'],
    [
      'is closed to a wrong token beside a right cookie',
      'get',
      '/t/past',
      { ...as('admin'), authorization: 'Bearer dm_no' },
      401,
      'NOT_SIGNED_IN',
    ],
    ['is closed to whoever may less', 'get', '/t/past', as('user'), 403, 'FORBIDDEN'],
    ['is open to whoever may it', 'get', '/t/past', as('admin'), 200, undefined],
    ['is open to a token that may it', 'get', '/t/past', TOKEN, 200, undefined],
    ['about the own account is open to a session', 'post', '/t/own', as('user'), 201, undefined],
    ['about the own account is closed to a token', 'post', '/t/own', TOKEN, 403, 'SESSION_ONLY'],
    ['about the own account is closed to nobody', 'post', '/t/own', {}, 401, 'NOT_SIGNED_IN'],
    ['is ruled by its class', 'get', '/c/class', as('user'), 200, undefined],
    ['is ruled by its class, which may close it', 'get', '/c/class', {}, 401, 'NOT_SIGNED_IN'],
    ['has a rule of its own before that of its class', 'get', '/c/route', as('user'), 403, 'FORBIDDEN'],
    ['that declares nothing is closed to everybody', 'get', '/u', as('admin'), 403, 'FORBIDDEN'],
    ['that declares nothing is closed to tokens', 'get', '/u', TOKEN, 403, 'FORBIDDEN'],
    ['beside one that declares nothing is open', 'get', '/u/told', {}, 200, undefined],
    [
      'for this machine, too, is closed behind a proxy',
      'get',
      '/t/local',
      { 'x-forwarded-for': '127.0.0.1' },
      401,
      'NOT_SIGNED_IN',
    ],
    ['for this machine, too, is open to it', 'get', '/t/local', {}, 200, undefined],
    [
      'for this machine, too, is closed to a foreign name',
      'get',
      '/t/local',
      { host: 'evil.example' },
      401,
      'NOT_SIGNED_IN',
    ],
  ] as const)('%s', async (_what, method, path, headers, ...expected) => {
    const answer = await request(server)
      [method](path)
      .set({ ...headers });
    expect([answer.status, (JSON.parse(answer.text) as { code?: string }).code]).toEqual(expected);
  });

  test('for this machine, too, is closed to it where a proxy is expected, which may say nothing of itself', async () => {
    guarded.proxied = true;
    await request(server).get('/t/local').expect(401);
    expect(counts.size).toBe(1);
    await request(server).get('/t/local').set(as('admin')).expect(200);
  });

  test('that is closed says which permission it takes, and how to sign in', async () => {
    const [nobody, user] = await Promise.all([
      request(server).get('/t/past'),
      request(server).get('/t/past').set(as('user')),
    ]);
    expect(nobody.headers).toMatchObject({
      'www-authenticate': 'Bearer',
      'content-type': 'application/problem+json; charset=utf-8',
    });
    expect(user.headers['www-authenticate']).toBeUndefined();
    expect(user.text).toContain('"history:read\\"');
  });

  test('learns who asks with one look, and without one when nobody says who he is', async () => {
    await request(server).get('/t/past').set(as('admin'));
    await request(server).get('/t/public');
    expect(lookups).toBe(1);
  });
});

describe('a browser that goes to a closed route', () => {
  test.each([
    ['to sign in', {}, '/sign-in?next=%2Ft%2Fpast%3Fa%3D1'],
    ['to where it says what is missing', as('user'), '/forbidden?permission=history%3Aread&path=%2Ft%2Fpast'],
  ])('is sent %s', async (_where, headers, location) => {
    const answer = await request(server)
      .get('/t/past?a=1')
      .set({ accept: HTML, ...headers });
    expect([answer.status, answer.headers['location']]).toEqual([303, location]);
  });

  test('gets a problem when it is a script that asks', async () => {
    const answer = await request(server).get('/t/past').set({ accept: HTML, 'sec-fetch-mode': 'cors' });
    expect(answer.status).toBe(401);
  });
});

describe('a network', () => {
  const detailOf = async (path: string, session: string): Promise<[number, string | undefined]> => {
    const answer = await request(server).get(path).set(as(session));
    return [answer.status, (JSON.parse(answer.text) as { detail?: string }).detail];
  };

  test.each([
    ['/t/networks/acme', 'limited', 200],
    ['/t/networks/other', 'admin', 200],
    ['/t/live?network=acme', 'limited', 200],
    ['/t/live?network=other', 'limited', 404],
    ['/t/networks/gone', 'limited', 404],
    ['/t/networks/acme?network=other', 'limited', 404],
    ['/t/networks/%6fther', 'limited', 404],
    ['/t/networks/acme', 'nowhere', 404],
  ])('%s is answered to %s by %i', async (path, session, status) => {
    expect((await detailOf(path, session))[0]).toBe(status);
  });

  test('that is not to be seen is told from none in nothing', async () => {
    const hidden = await detailOf('/t/networks/other', 'limited');
    const none = await detailOf('/t/networks/neither', 'limited');
    expect(hidden).toEqual([404, 'There is no network "other" here. There are: acme.']);
    expect(none[1]?.replace('neither', 'other')).toBe(hidden[1]);
  });

  test('is named to nobody who may see none', async () => {
    expect((await detailOf('/t/networks/acme', 'nowhere'))[1]).toBe(
      'There is no network "acme" here. There is none that you may see.',
    );
  });
});

describe('a change', () => {
  test.each([
    ['asked for by another site is refused', { 'sec-fetch-site': 'cross-site' }, 403],
    ['asked for by a neighbour is refused', { 'sec-fetch-site': 'same-site' }, 403],
    ['asked for from another origin is refused', { origin: 'https://evil.example' }, 403],
    ['asked for by our own page is done', { 'sec-fetch-site': 'same-origin' }, 201],
    ['asked for by a program is done', {}, 201],
  ])('%s', async (_what, headers, status) => {
    const [open, own] = [request(server).post('/t/public'), request(server).post('/t/own').set(as('user'))];
    expect([(await open.set(headers)).status, (await own.set(headers)).status]).toEqual([status, status]);
  });

  test.each([
    ['a token, which no browser adds by itself, is let through', 'Bearer dm_all', 201],
    ['a password that a browser remembers is refused', 'Basic YWxpY2U6c2VjcmV0', 403],
    ['no token at all is refused', 'Bearer', 403],
  ])('asked for by another site with %s', async (_what, authorization, status) => {
    const headers = { authorization, 'sec-fetch-site': 'cross-site' };
    expect((await request(server).post('/t/public').set(headers)).status).toBe(status);
  });

  test.each([
    ['JSON', 'application/json', '{"a":1}', { a: 1 }],
    ['a form', 'application/x-www-form-urlencoded', 'a=1', undefined],
    ['text that looks like JSON', 'text/plain', '{"a":1}', undefined],
  ])('is read from %s or not', async (_what, type, body, expected) => {
    const answer = await request(server).post('/t/public').set('content-type', type).send(body);
    expect(answer.body).toEqual({ body: expected });
  });

  test.each([
    [413, 'PAYLOAD_TOO_LARGE', `"${'a'.repeat(200)}"`],
    [400, 'BAD_REQUEST', '{"a":'],
  ])('whose body is wrong is a %i %s', async (status, code, body) => {
    const answer = await request(server).post('/t/public').set('content-type', 'application/json').send(body);
    expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([status, code]);
  });
});

describe('who asks too often', () => {
  const ask = (headers: Record<string, string> = {}) => request(server).get('/t/past').set(headers);

  test('is told when to come back, and nobody else is', async () => {
    for (let i = 0; i < LIMIT; i += 1) await ask(as('admin')).expect(200);
    const answer = await ask(as('admin'));
    expect([answer.status, answer.headers['retry-after']]).toEqual([429, '30']);
    expect(JSON.parse(answer.text)).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      detail: 'More than 5 requests came in this minute. Try again in 30 s.',
    });
    await ask(as('limited')).expect(200);
  });

  test('is counted by account whatever it uses, by address without one, and over all routes', async () => {
    await ask(as('admin'));
    await ask(TOKEN);
    await request(server).get('/c/class').set(as('admin'));
    await ask();
    await ask({ authorization: 'Bearer dm_no' });
    expect(Object.fromEntries(counts)).toEqual({ [`account:${ALL.length}`]: 3, 'address:127.0.0.1': 2 });
  });

  test('is not counted where it is this machine itself, and only there', async () => {
    await request(server).get('/t/local');
    expect(counts.size).toBe(0);
    await request(server).get('/t/local').set('x-forwarded-for', '127.0.0.1');
    expect(counts.size).toBe(1);
  });
});

test.each([
  ['UndeclaredController', UndeclaredController, ['UndeclaredController.read']],
  ['DeclaredController', DeclaredController, []],
  ['ClosedController', ClosedController, []],
])('the routes of %s that declare nothing are found', (_name, controller, expected) => {
  expect(undeclaredRoutesOf(controller)).toEqual(expected);
});
