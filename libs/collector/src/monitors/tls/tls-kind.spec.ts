import { expect, test } from 'vitest';
import { monitorProblems } from '../../../test/monitor-problems.ts';
import { tlsParametersOf } from './tls-parameters.ts';

const tls = { kind: 'tls', host: 'shop.example' };

test.each([
  [tls],
  [{ ...tls, port: 8443, server_name: 'www.shop.example', days: 0, auth: 'own' }],
  [{ kind: 'tls', on: ['m1'] }],
])('%j is fine', monitor => {
  expect(monitorProblems(monitor)).toEqual([]);
});

test.each([
  [{ ...tls, port: 70_000 }, 'port: 70000 is no whole number from 1 to 65535'],
  [{ ...tls, days: -1 }, 'days: -1 is no whole number from 0 to 3650'],
  [{ ...tls, days: '14d' }, 'days: "14d" is no whole number from 0 to 3650'],
  [
    { ...tls, server_name: 'https://x' },
    'server_name: "https://x" is neither a host name nor an IP address; a port or a path has keys of its own',
  ],
  [
    { ...tls, auth: 'my secret' },
    'auth: "my secret" is no name: use 1 to 63 letters, digits, ".", "_" and "-", and begin with a letter or digit',
  ],
  [{ ...tls, servername: 'x' }, 'servername: is not known here; did you mean server_name?'],
  [{ kind: 'tls' }, ': has no host: say what to look at, or name machines with on'],
  [{ ...tls, on: ['m1'] }, 'host: must be left out beside on: each machine is looked at by its own address'],
])('%j is refused', (monitor, problem) => {
  expect(monitorProblems(monitor)).toEqual([problem]);
});

test('what is left out has its default', () => {
  expect(tlsParametersOf({})).toEqual({ host: null, port: 443, serverName: null, days: 14, auth: null });
});
