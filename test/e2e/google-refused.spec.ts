import { describe, expect, test } from 'vitest';
import type { ServerProcess } from '../support/server-process.ts';
import type { DisposableDatabase } from '../support/services.ts';
import type { Reply } from './ask.ts';
import { query } from './callers.ts';
import { Browser, CALLBACK, changed, chooseAccount } from './google-dance.ts';
import { accountsIn, auditOf, newcomer, useGoogle, type Claims, type Google } from './google-server.ts';
import type { People } from './people.ts';

const COOKIE = 'distomon_google';
/** How the audit log calls whoever did not come as far as his address. */
const NOBODY = '(no e-mail address)';

let google: Google;
let server: ServerProcess;
let database: DisposableDatabase;
let people: People;
useGoogle(used => void ({ google, server, database, people } = used));

/** The code on the page that a browser was sent to. */
const errorOf = ({ status, headers }: Reply): string | null =>
  status === 303 ? (/^\/sign-in\?error=(\w+)$/.exec(headers.location ?? '')?.[1] ?? null) : null;

/** Everything that signing in can make. */
const madeSoFar = async (): Promise<unknown> => [
  await accountsIn(database),
  await query(database.url, 'select session_id from session order by session_id'),
];

/** What came of a way: the code on the page, how many accounts and sessions were made, and the cookies that are left. */
async function comesTo(way: Way): Promise<unknown> {
  const before = await madeSoFar();
  const browser = new Browser(server.url);
  const reply = await way(browser);
  const page = await browser.go(reply.headers.location ?? '');
  const same = JSON.stringify(await madeSoFar()) === JSON.stringify(before);
  const session = reply.cookieLine('distomon_session');
  return { error: errorOf(reply), page: page.status, same, session, cookies: [...browser.cookies.keys()] };
}
const nobody = (error: string): unknown => ({ error, page: 200, same: true, session: null, cookies: [] });

type Way = (browser: Browser) => Promise<Reply>;

describe('nobody is signed in, no account is made, and the page says why:', () => {
  const signIn: Way = browser => browser.signIn('/machines');
  const back =
    (change: (path: string) => string): Way =>
    async browser =>
      browser.go(change(await chooseAccount(await browser.begin())));

  const STATE: [string, Way][] = [
    ['another state', back(path => changed(path, 'state', 'A'.repeat(43)))],
    ['no state', back(path => changed(path, 'state', null))],
    ['two states', back(path => `${path}&state=${'A'.repeat(43)}`)],
    ['neither a code nor an error', back(() => CALLBACK)],
    [
      "another browser's state",
      async browser => {
        const path = await chooseAccount(await new Browser(server.url).begin());
        await browser.begin();
        return await browser.go(path);
      },
    ],
    [
      'a browser that was never sent there',
      async browser => browser.go(await chooseAccount(await new Browser(server.url).begin())),
    ],
    [
      'a cookie that never was',
      async browser => {
        const path = await chooseAccount(await browser.begin());
        browser.cookies.set(COOKIE, 'A'.repeat(43));
        return await browser.go(path);
      },
    ],
    [
      'more than ten minutes between',
      async browser => {
        const path = await chooseAccount(await browser.begin());
        await query(database.url, "update oauth_attempt set expires_at = now() - interval '1 s'");
        return await browser.go(path);
      },
    ],
    [
      'the same way back after one that failed',
      async browser => {
        const path = await chooseAccount(await browser.begin());
        const cookie = browser.cookies.get(COOKIE) ?? '';
        await browser.go(changed(path, 'state', 'x'));
        browser.cookies.set(COOKIE, cookie);
        return await browser.go(path);
      },
    ],
  ];
  test.each(STATE)('%s', async (_, way) => {
    expect(await comesTo(way)).toEqual(nobody('google_state'));
    expect(google.exchanges).toEqual([]);
    expect((await auditOf(database, 'sign_in.fail', NOBODY)).at(-1)).toMatchObject({
      account_id: null,
      address: '127.0.0.1',
      details: { method: 'google', reason: 'state' },
    });
  });

  const somebody = (claims: Partial<Claims> & object): Way => {
    return async browser => {
      google.is({ ...newcomer('corp.example'), ...claims });
      return await browser.signIn();
    };
  };
  const says = (status: number, body: Record<string, unknown>): Way => {
    return async browser => {
      google.profile = { status, body };
      return await browser.signIn();
    };
  };
  const CLAIMS: [string, Way, string][] = [
    ['an address that is not verified', somebody({ email_verified: false }), 'google_unverified'],
    ['an address of which it is not said', somebody({ email_verified: undefined }), 'google_unverified'],
    ['an address that is "true"', somebody({ email_verified: 'true' }), 'google_unverified'],
    ['no address', says(200, { sub: '7', email_verified: true }), 'google_unverified'],
    ["an outsider's domain", somebody({ email: 'somebody@evil.example' }), 'google_not_allowed'],
    ['a domain below the listed one', somebody({ email: 'somebody@sub.corp.example' }), 'google_not_allowed'],
    ['a domain that ends as the listed one', somebody({ email: 'somebody@notcorp.example' }), 'google_not_allowed'],
    ['the listed domain without its organisation', somebody({ hd: undefined }), 'google_not_allowed'],
    ["the listed domain with another's organisation", somebody({ hd: 'evil.example' }), 'google_not_allowed'],
    ['somebody else of the listed address', somebody({ email: 'not-listed@else.example' }), 'google_not_allowed'],
    [
      'an answer that names nobody',
      says(200, { email: 'listed@else.example', email_verified: true }),
      'google_unavailable',
    ],
    ['a refusal of the profile', says(401, { error: 'invalid_token' }), 'google_refused'],
    ['a profile that is not there', says(503, { error: 'backend_error' }), 'google_unavailable'],
  ];
  test.each(CLAIMS)('%s', async (_, way, code) => {
    expect(await comesTo(way)).toEqual(nobody(code));
  });

  const answers = (status: number, body: Record<string, unknown>): Way => {
    return async browser => {
      google.tokens = { status, body };
      return await browser.signIn();
    };
  };
  const TOKENS: [string, Way, string][] = [
    ['Google refuses the code', answers(400, { error: 'invalid_grant' }), 'google_refused'],
    ['Google refuses the server', answers(401, { error: 'invalid_client' }), 'google_refused'],
    ['Google is in trouble', answers(500, { error: 'internal' }), 'google_unavailable'],
    ['Google says nothing of use', answers(200, {}), 'google_unavailable'],
  ];
  test.each(TOKENS)('%s', async (_, way, code) => {
    expect(await comesTo(way)).toEqual(nobody(code));
    const reason = code.replace('google_', '');
    expect((await auditOf(database, 'sign_in.fail', NOBODY)).at(-1)).toMatchObject({
      details: { method: 'google', reason },
    });
  });

  test.each([
    ['access_denied', 'google_refused'],
    ['invalid_scope', 'google_refused'],
    ['server_error', 'google_unavailable'],
    ['temporarily_unavailable', 'google_unavailable'],
  ])('error=%s on the way back', async (error, code) => {
    const way = back(path => changed(changed(path, 'code', null), 'error', error));
    expect(await comesTo(way)).toEqual(nobody(code));
    expect(google.exchanges).toEqual([]);
  });

  test('Google is down', async () => {
    const way: Way = async browser => {
      const path = await chooseAccount(await browser.begin());
      await google.stop();
      return await browser.go(path);
    };
    try {
      expect(await comesTo(way)).toEqual(nobody('google_unavailable'));
    } finally {
      await google.resume();
    }
  });

  const codeIn = (path: string): string => new URL(path, server.url).searchParams.get('code') ?? '';

  test('a code that was used before, with a state that is right', async () => {
    const first = new Browser(server.url);
    const path = await chooseAccount(await first.begin());
    expect((await first.go(path)).headers.location).toBe('/');
    expect(await comesTo(back(own => changed(own, 'code', codeIn(path))))).toEqual(nobody('google_refused'));
  });

  test('the code that another browser was given, with a state that is right', async () => {
    const path = await chooseAccount(await new Browser(server.url).begin());
    expect(await comesTo(back(own => changed(own, 'code', codeIn(path))))).toEqual(nobody('google_refused'));
  });

  test('an account that is disabled', async () => {
    const { email, sub } = newcomer('corp.example');
    google.is({ sub, email });
    const before = new Browser(server.url);
    await before.signIn();
    const { account } = (await before.session()).body as { account: { id: number } };
    await people.does({ method: 'PATCH', path: `/api/v1/users/${account.id}`, body: { disabled: true } });
    expect(await comesTo(signIn)).toEqual(nobody('account_disabled'));
    expect(await auditOf(database, 'sign_in.fail', email)).toMatchObject([
      { details: { method: 'google', reason: 'disabled' } },
    ]);
  });

  test('an address whose account belongs to another person at Google', async () => {
    const { email, sub } = newcomer('corp.example');
    google.is({ sub, email });
    await new Browser(server.url).signIn();
    google.is({ sub: `${sub}0`, email });
    expect(await comesTo(signIn)).toEqual(nobody('google_conflict'));
    expect(await accountsIn(database)).toContainEqual(expect.objectContaining({ email, google_subject: sub }));
  });
});
