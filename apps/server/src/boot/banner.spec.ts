import { describe, expect, it } from 'vitest';
import { readSettings } from '#config';
import { renderBanner } from './banner.ts';
import type { SignInNotice } from './first-admin.ts';

const LINK: SignInNotice = { kind: 'link', secret: 'x'.repeat(43), expiresAt: new Date('2026-11-21T10:00:42Z') };
const ACCOUNTS: SignInNotice = { kind: 'accounts' };
const WARNING = 'travels in the clear';

function banner(firstAdmin: SignInNotice | null, env: NodeJS.ProcessEnv = {}, listensOn = 'http://127.0.0.1:3000') {
  const settings = readSettings(env, {
    cwd: '/srv',
    hostname: 'box-1',
    readFile: () => {
      throw new Error('there are no files');
    },
  });
  return renderBanner(
    { version: '1.2.3', databaseDirectory: '/var/lib/distomon/a1', listensOn },
    settings,
    [],
    firstAdmin,
  );
}

describe('renderBanner', () => {
  it.each([
    ['on loopback', {}, 'http://127.0.0.1:3000', 'http://127.0.0.1:3000/setup#'],
    ['everywhere', { HOST: '0.0.0.0' }, 'http://0.0.0.0:3000', 'http://127.0.0.1:3000/setup#'],
    ['everywhere, IPv6 too', { HOST: '::' }, 'http://[::]:3000', 'http://localhost:3000/setup#'],
    ['on one address', { HOST: '10.0.0.5' }, 'http://10.0.0.5:80', 'http://10.0.0.5:80/setup#'],
    ['behind a proxy', { PUBLIC_URL: 'https://m.example/d/' }, 'http://127.0.0.1:3000', 'https://m.example/d/setup#'],
    ['on a socket', { LISTEN: '/run/d.sock' }, 'unix:/run/d.sock', '(your proxy to unix:/run/d.sock)/setup#'],
  ])('prints a setup link that can be opened when it listens %s', (_where, env, listensOn, link) => {
    const lines = banner(LINK, env, listensOn).split('\n');
    expect(lines).toContain(`      ${link}${'x'.repeat(43)}`);
    expect(lines.join('\n')).toContain('It works once, until 2026-11-21 10:00 UTC');
  });

  it('says where the embedded database is, wherever that had to be', () => {
    expect(banner(ACCOUNTS)).toContain('in the embedded PostgreSQL (/var/lib/distomon/a1)');
  });

  it.each<[SignInNotice, string]>([
    [ACCOUNTS, 'Those who have an account can sign in.'],
    [{ kind: 'created', email: 'a@b.c' }, 'a@b.c can sign in, with the password in ADMIN_PASSWORD'],
    [{ kind: 'not-first', email: 'a@b.c' }, 'a@b.c (ADMIN_EMAIL) is none of them and was not made one'],
  ])('says who can sign in: %j', (firstAdmin, sentence) => {
    expect(banner(firstAdmin)).toContain(sentence);
    expect(banner(firstAdmin)).not.toContain('/setup');
  });

  it('has neither a page nor accounts without the api role', () => {
    const text = banner(null, { ROLES: 'worker', HOST: '0.0.0.0' });
    expect(text).toContain('no page here');
    expect(text).not.toMatch(/sign in|setup|clear/);
  });

  it.each([
    [{ HOST: '0.0.0.0' }],
    [{ HOST: 'box-1.example' }],
    [{ PUBLIC_URL: 'http://m.example' }],
    [{ LISTEN: '/run/d.sock', PUBLIC_URL: 'http://m.example' }],
  ])('warns that passwords travel in the clear with %j', env => {
    expect(banner(ACCOUNTS, env)).toContain(WARNING);
  });

  it.each([
    [{}],
    [{ HOST: '::1' }],
    [{ LISTEN: '/run/d.sock' }],
    [{ HOST: '0.0.0.0', PUBLIC_URL: 'https://m.example' }],
    [{ PUBLIC_URL: 'http://localhost:8080' }],
  ])('does not warn with %j', env => {
    expect(banner(ACCOUNTS, env)).not.toContain(WARNING);
  });
});
