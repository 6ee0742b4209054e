import { expect, test } from 'vitest';
import { monitorProblems } from '../../../test/monitor-problems.ts';
import { dnsParametersOf } from './dns-parameters.ts';

const dns = { kind: 'dns', query: 'shop.example' };

test.each([
  [dns],
  [{ ...dns, server: '10.0.0.2', port: 5353, type: 'MX', expect: ['10 mail.example'] }],
  [{ ...dns, query: '10.0.0.2', type: 'PTR', expect: 'db.example' }],
  [{ ...dns, query: '_dmarc.shop.example', type: 'TXT' }],
  [{ ...dns, port: 5353, on: ['m1'] }],
])('%j is fine', monitor => {
  expect(monitorProblems(monitor)).toEqual([]);
});

test.each([
  [{ kind: 'dns' }, 'query: is missing'],
  [
    { ...dns, query: 'a b' },
    'query: "a b" is neither a host name nor an IP address; a port or a path has keys of its own',
  ],
  [{ ...dns, query: '10.0.0.1' }, 'query: "10.0.0.1" is an address: write the name, or type: PTR'],
  [{ ...dns, type: 'a' }, 'type: "a" is none of A, AAAA, CAA, CNAME, MX, NS, PTR, SOA, SRV, TXT; did you mean A?'],
  [{ ...dns, expect: [] }, 'expect: is an empty list'],
  [{ ...dns, expect: ['1.2.3.4', 5] }, 'expect: entry 2: must be text: write it in quotes, "5"'],
  [{ ...dns, expect: Array.from({ length: 51 }, () => 'x') }, 'expect: has more than 50 entries'],
  [
    { ...dns, server: '10.0.0.2:53' },
    'server: "10.0.0.2:53" is neither a host name nor an IP address; a port or a path has keys of its own',
  ],
  [{ ...dns, server: 'x', port: 0 }, 'port: 0 is no whole number from 1 to 65535'],
  [{ ...dns, port: 53 }, 'port: belongs to server: without one the resolvers of this host are asked'],
  [
    { ...dns, server: '10.0.0.2', on: ['m1'] },
    'server: must be left out beside on: each machine is asked itself, at its own address',
  ],
])('%j is refused', (monitor, problem) => {
  expect(monitorProblems(monitor)).toEqual([problem]);
});

test('what is left out has its default', () => {
  expect(dnsParametersOf({ query: 'a' })).toEqual({ server: null, port: 53, query: 'a', type: 'A', expect: [] });
  expect(dnsParametersOf({ query: 'a', expect: 'x' }).expect).toEqual(['x']);
});
