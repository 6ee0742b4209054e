import { expect, test } from 'vitest';
import { monitorProblems } from '../../../test/monitor-problems.ts';
import { tcpParametersOf } from './tcp-parameters.ts';

const tcp = { kind: 'tcp', host: 'db.example', port: 5432 };

test.each([
  [tcp],
  [{ ...tcp, host: '::1', send: 'PING\r\n', expect: 'PONG' }],
  [{ kind: 'tcp', port: 22, expect: 'SSH-2.0', on: ['m1'] }],
])('%j is fine', monitor => {
  expect(monitorProblems(monitor)).toEqual([]);
});

test.each([
  [{ kind: 'tcp', host: 'db.example' }, 'port: is missing'],
  [{ ...tcp, port: 0 }, 'port: 0 is no whole number from 1 to 65535'],
  [{ ...tcp, port: '22' }, 'port: "22" is no whole number from 1 to 65535'],
  [
    { ...tcp, host: 'db.example:5432' },
    'host: "db.example:5432" is neither a host name nor an IP address; a port or a path has keys of its own',
  ],
  [{ ...tcp, expect: '' }, 'expect: is empty'],
  [{ ...tcp, expect: 220 }, 'expect: must be text: write it in quotes'],
  [{ ...tcp, expect: 'x', send: 'x'.repeat(1_001) }, 'send: is longer than 1000 characters'],
  [{ ...tcp, send: 'PING' }, 'send: is sent for an answer: say with expect what the answer must contain'],
  [{ ...tcp, exepct: 'x' }, 'exepct: is not known here; did you mean expect?'],
  [{ kind: 'tcp', port: 22 }, ': has no host: say what to look at, or name machines with on'],
  [{ ...tcp, on: ['m1'] }, 'host: must be left out beside on: each machine is looked at by its own address'],
])('%j is refused', (monitor, problem) => {
  expect(monitorProblems(monitor)).toEqual([problem]);
});

test('what is left out has its default', () => {
  expect(tcpParametersOf({ port: 22 })).toEqual({ host: null, port: 22, send: null, expect: null });
});
