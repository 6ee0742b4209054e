import { describe, expect, it } from 'vitest';
import { CERTIFICATE, ENCRYPTED_KEY, KEY, OLD_ENCRYPTED_KEY, OTHER_CERTIFICATE } from '../../test/pem.ts';
import { ConfigurationError } from '../problem.ts';
import type { Access, AuthEntry } from '../settings.types.ts';
import { readAccess } from './read-access.ts';

function entry(more: Partial<AuthEntry> = {}): AuthEntry {
  return { name: 'agents', basic: null, bearer: null, certificateFile: null, keyFile: null, caFile: null, ...more };
}

const basic = (file: string): AuthEntry => entry({ basic: { username: 'jörg', password: { file } } });
const bearer = (file: string): AuthEntry => entry({ bearer: { file } });
const pair = (certificateFile: string, keyFile: string): AuthEntry => entry({ certificateFile, keyFile });

function failure(code: string): () => never {
  return () => {
    throw Object.assign(new Error(`${code}: no such file, open 'whatever'`), { code });
  };
}

/** The directory of nodeconf.yml; a function is a file that cannot be read. */
const FILES: Readonly<Record<string, string | (() => never)>> = {
  '/c/password': 'hunter2\n',
  '/c/windows': '\uFEFFhunter2\r\nsecond line\r\n',
  '/c/long': `  hunt er2  `,
  '/c/token': 'id|aB:3/+=\n',
  '/c/spaced': 'hunter2 hunter2\n',
  '/c/umlaut': 'hünter2',
  '/c/empty': '',
  '/c/blank': '\n\n',
  '/c/secret': failure('EACCES'),
  '/c/directory': failure('EISDIR'),
  '/c/cert.pem': `Subject: CN=distomon-test\n${CERTIFICATE}`,
  '/c/crlf.pem': CERTIFICATE.replaceAll('\n', '\r\n'),
  '/c/chain.pem': CERTIFICATE + OTHER_CERTIFICATE,
  '/c/reversed.pem': OTHER_CERTIFICATE + CERTIFICATE,
  '/c/other.pem': OTHER_CERTIFICATE,
  '/c/cut.pem': CERTIFICATE + OTHER_CERTIFICATE.slice(0, 200),
  '/c/scrambled.pem': CERTIFICATE.replace('MII', 'AAA'),
  '/c/der': '0\uFFFD\u0001\uFFFD0\uFFFD',
  '/c/key.pem': KEY,
  '/c/key-crlf.pem': KEY.replaceAll('\n', '\r\n'),
  '/c/both.pem': KEY + CERTIFICATE,
  '/c/encrypted.pem': ENCRYPTED_KEY,
  '/c/old-encrypted.pem': OLD_ENCRYPTED_KEY,
};

async function readText(path: string): Promise<string> {
  const file = FILES[path] ?? failure('ENOENT');
  return typeof file === 'string' ? file : file();
}

const read = (entries: readonly AuthEntry[]): Promise<Access[]> => readAccess(entries, '/c/nodeconf.yml', readText);

describe('readAccess', () => {
  it.each<[string, AuthEntry, Partial<Access>]>([
    ['nothing of what is not there', entry(), {}],
    [
      'a password that stands in nodeconf.yml',
      entry({ basic: { username: 'bob', password: { text: 'hunter2' } } }),
      { authorization: 'Basic Ym9iOmh1bnRlcjI=' },
    ],
    [
      'a name and a password as UTF-8',
      basic('/c/password'),
      { authorization: `Basic ${Buffer.from('jörg:hunter2').toString('base64')}` },
    ],
    [
      'the first line of a file of any system, without its end',
      basic('/c/windows'),
      { authorization: `Basic ${Buffer.from('jörg:hunter2').toString('base64')}` },
    ],
    [
      'a password with its spaces',
      basic('/c/long'),
      { authorization: `Basic ${Buffer.from('jörg:  hunt er2  ').toString('base64')}` },
    ],
    ['a token', bearer('/c/token'), { authorization: 'Bearer id|aB:3/+=' }],
    ['a token that stands in nodeconf.yml', entry({ bearer: { text: 'abc' } }), { authorization: 'Bearer abc' }],
    [
      'a certificate with its key, with whatever stands around them',
      pair('/c/cert.pem', '/c/both.pem'),
      { certificate: `Subject: CN=distomon-test\n${CERTIFICATE}`, key: KEY + CERTIFICATE },
    ],
    [
      'both from one file',
      pair('/c/both.pem', '/c/both.pem'),
      { certificate: KEY + CERTIFICATE, key: KEY + CERTIFICATE },
    ],
    [
      'line ends of any system',
      pair('/c/crlf.pem', '/c/key-crlf.pem'),
      { certificate: CERTIFICATE.replaceAll('\n', '\r\n'), key: KEY.replaceAll('\n', '\r\n') },
    ],
    ['a chain', pair('/c/chain.pem', '/c/key.pem'), { certificate: CERTIFICATE + OTHER_CERTIFICATE, key: KEY }],
    [
      'several authorities, in any order',
      entry({ caFile: '/c/reversed.pem' }),
      { ca: OTHER_CERTIFICATE + CERTIFICATE },
    ],
  ])('reads %s', async (_, given, expected) => {
    const nothing = { name: 'agents', authorization: null, certificate: null, key: null, ca: null };
    expect(await read([given])).toEqual([{ ...nothing, ...expected }]);
  });

  const START = 'a relative path begins at /c';
  it.each<[string, AuthEntry, string]>([
    [
      'a password file that is not there, without its path, which may be the password',
      basic('/c/hunter2'),
      `basic.password_file: the file cannot be read (ENOENT); ${START}`,
    ],
    [
      'a token file that may not be read',
      bearer('/c/secret'),
      `bearer.token_file: the file cannot be read (EACCES); ${START}`,
    ],
    ['an empty file', basic('/c/empty'), 'basic.password_file: the first line of the file is empty'],
    [
      'a file that begins with an empty line',
      bearer('/c/blank'),
      'bearer.token_file: the first line of the file is empty',
    ],
    [
      'a token with a space',
      bearer('/c/spaced'),
      'bearer.token_file: holds no bearer token: it has a space, or other than plain characters',
    ],
    [
      'a token with an umlaut',
      bearer('/c/umlaut'),
      'bearer.token_file: holds no bearer token: it has a space, or other than plain characters',
    ],
    [
      'authorities that are not there',
      entry({ caFile: '/c/ca.pem' }),
      `ca_file: /c/ca.pem cannot be read (ENOENT); ${START}`,
    ],
    ['a directory', entry({ caFile: '/c/directory' }), `ca_file: /c/directory cannot be read (EISDIR); ${START}`],
    [
      'a path that would break out of its line',
      entry({ caFile: '/c/\u009b\u2028x' }),
      `ca_file: /c/\\u009b\\u2028x cannot be read (ENOENT); ${START}`,
    ],
    ['an empty file of authorities', entry({ caFile: '/c/empty' }), 'ca_file: /c/empty is empty'],
    [
      'a certificate in another form',
      entry({ caFile: '/c/der' }),
      'ca_file: /c/der holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)',
    ],
    [
      'a key in the place of a certificate',
      entry({ caFile: '/c/key.pem' }),
      'ca_file: /c/key.pem holds no certificate in PEM form (-----BEGIN CERTIFICATE-----)',
    ],
    [
      'a certificate that is none inside',
      entry({ caFile: '/c/scrambled.pem' }),
      'ca_file: /c/scrambled.pem holds a certificate that cannot be read',
    ],
    [
      'a chain that was cut off',
      pair('/c/cut.pem', '/c/key.pem'),
      'certificate_file: /c/cut.pem holds 2 certificates, and number 2 cannot be read',
    ],
    [
      'a certificate in the place of its key',
      pair('/c/cert.pem', '/c/cert.pem'),
      'key_file: /c/cert.pem holds no private key in PEM form (-----BEGIN PRIVATE KEY-----)',
    ],
    ...['encrypted', 'old-encrypted'].map((name): [string, AuthEntry, string] => [
      `a key with a passphrase (${name})`,
      pair('/c/cert.pem', `/c/${name}.pem`),
      `key_file: /c/${name}.pem holds a key with a passphrase, for which there is no place here: take it off with openssl pkey`,
    ]),
    [
      'a key of another certificate',
      pair('/c/other.pem', '/c/key.pem'),
      'key_file: is not the key of the first certificate in certificate_file',
    ],
    [
      'a chain that begins with somebody else',
      pair('/c/reversed.pem', '/c/key.pem'),
      'key_file: is not the key of the first certificate in certificate_file',
    ],
  ])('refuses %s', async (_, given, problem) => {
    await expect(problemsOf([given])).resolves.toEqual([`auth[0].${problem}`]);
  });

  it('tells every problem of every entry, in their order, and nothing of what is in the files', async () => {
    const problems = await problemsOf([basic('/c/empty'), entry(), bearer('/c/spaced'), pair('/c/key.pem', '/c/none')]);
    expect(problems).toEqual([
      expect.stringContaining('auth[0].basic.password_file'),
      expect.stringContaining('auth[2].bearer.token_file'),
      expect.stringContaining('auth[3].certificate_file'),
      expect.stringContaining('auth[3].key_file'),
    ]);
    expect(problems.join()).not.toMatch(/hunter2|MIGHAgEAMBMG/);
  });
});

async function problemsOf(entries: readonly AuthEntry[]): Promise<string[]> {
  const error: unknown = await read(entries).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConfigurationError)) throw new Error('nothing was refused', { cause: error });
  return error.problems.map(({ path, message }) => `${path}: ${message}`);
}
