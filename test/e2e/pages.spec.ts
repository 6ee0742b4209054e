import { beforeAll, describe, expect, test } from 'vitest';
import type { ServerProcess } from '../support/server-process.ts';
import { ask, type Reply } from './ask.ts';
import type { People, Person } from './people.ts';
import { useServer } from './use-server.ts';

const HTML = 'text/html; charset=utf-8';

let server: ServerProcess;
let people: People;
useServer(['acme'], used => {
  ({ server, people } = used);
});

const visitors: Record<'admin' | 'limited' | 'user', Person | undefined> = {
  admin: undefined,
  limited: undefined,
  user: undefined,
};
beforeAll(async () => {
  visitors.admin = people.admin;
  visitors.limited = await people.invite({ role: 'admin', networks: ['acme'] });
  visitors.user = await people.invite({ role: 'user' });
});

/** What the browser of one of them gets that goes to an address; nobody: without an account. */
function open(path: string, visitor?: keyof typeof visitors): Promise<Reply> {
  const navigation = { 'sec-fetch-mode': 'navigate', accept: 'text/html,*/*;q=0.8' };
  const cookie = visitor === undefined ? undefined : visitors[visitor]?.cookie;
  return ask(server.url, { path, headers: { ...navigation, ...(cookie === undefined ? {} : { cookie }) } });
}

describe('a page that an account may not have', () => {
  test.each([
    ['/compare?network=acme', 'user', 'history:read'],
    ['/events', 'user', 'history:read'],
    ['/settings/machines', 'user', 'networks:write'],
    ['/settings/users', 'user', 'users:read'],
    ['/settings/audit', 'user', 'audit:read'],
    ['/settings/users', 'limited', 'users:read'],
    ['/settings/audit', 'limited', 'audit:read'],
  ] as const)('%s leads a browser of %s to what is missing: %s', async (path, visitor, permission) => {
    const { status, headers } = await open(path, visitor);
    const target = new URL(headers.location ?? '', server.url);
    expect([status, target.pathname]).toEqual([303, '/forbidden']);
    expect(Object.fromEntries(target.searchParams)).toEqual({ permission, path: path.replace(/\?.*/, '') });
    expect((await open(target.pathname + target.search, visitor)).status).toBe(200);
  });

  test.each([
    ['/', 'user'],
    ['/account', 'user'],
    ['/machines/acme/db-1', 'user'],
    ['/settings', 'user'],
    ['/compare', 'limited'],
    ['/events', 'limited'],
    ['/settings/machines', 'limited'],
    ['/settings/machines', 'admin'],
    ['/settings/users', 'admin'],
    ['/settings/audit', 'admin'],
  ] as const)('is not %s for %s', async (path, visitor) => {
    const { status, type } = await open(path, visitor);
    expect([status, type]).toEqual([200, HTML]);
  });
});

describe('a machine called like a file', () => {
  test.each(['/machines/acme/db.example.org', '/machines/acme/app.js', '/machines/acme/10.0.0.7'])(
    'has its page at %s',
    async path => {
      const { status, type } = await open(path, 'user');
      expect([status, type]).toEqual([200, HTML]);
    },
  );

  test('is never a script: what is asked for as one is not there', async () => {
    const headers = { cookie: people.admin.cookie, 'sec-fetch-mode': 'no-cors', accept: '*/*' };
    const { status, code } = await ask(server.url, { path: '/machines/acme/app.js', headers });
    expect([status, code]).toEqual([404, 'NOT_FOUND']);
  });
});

describe('a page that there is not', () => {
  test.each(['/nowhere', '/machines/acme', '/machines/acme/db-1/more', '/settings/nothing', '/sign-in/more'])(
    '%s is said so with its status, in a page of the dashboard',
    async path => {
      const { status, type, text } = await open(path, 'user');
      expect([status, type]).toEqual([404, HTML]);
      expect(text).toContain('<div id="root">');
    },
  );

  test('says nothing to who is not signed in', async () => {
    const { status, headers } = await open('/nowhere');
    expect([status, headers.location]).toEqual([303, '/sign-in?next=%2Fnowhere']);
  });

  test('and looks like a file is a missing file', async () => {
    expect((await open('/nowhere.png', 'user')).code).toBe('NOT_FOUND');
  });
});
