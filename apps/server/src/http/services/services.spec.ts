import { describe, expect, test } from 'vitest';
import { targetOf } from './target-of.ts';
import { uptimeOf } from './uptime-of.ts';

describe('uptime', () => {
  test.each([
    ['nothing when there was no probe', undefined, null],
    ['nothing when every probe was left out', { probes: 0, failures: 0 }, null],
    ['100 when no probe failed', { probes: 3, failures: 0 }, 100],
    ['0 when all failed', { probes: 3, failures: 3 }, 0],
    ['a third', { probes: 3, failures: 2 }, 33.3333],
    ['less than 100 when one of a month failed', { probes: 267_840, failures: 1 }, 99.9996],
    ['less than 100 when one of very many failed', { probes: 100_000_000, failures: 1 }, 99.9999],
    ['what a computer cannot write exactly', { probes: 1_000, failures: 29 }, 97.1],
  ])('is %s', (_what, counts, percent) => {
    expect(uptimeOf(counts)).toBe(percent);
  });
});

describe('the target of a service', () => {
  test.each([
    ['a page', { url: 'https://shop.example/health' }, 'https://shop.example/health'],
    [
      'a page with a query, which may be a secret',
      { url: 'https://shop.example/api?token=s3cret' },
      'https://shop.example/api?…',
    ],
    ['a page behind a password', { url: 'https://me:s3cret@shop.example/' }, 'https://shop.example/'],
    ['a page behind a token', { url: 'wss://s3cret@shop.example:8443/@feed' }, 'wss://***'],
    ['another one', { url: 'wss://s3cret@shop.example:8443/feed' }, 'wss://shop.example:8443/feed'],
    ['a port', { host: 'mail.example', port: 25 }, 'mail.example:25'],
    ['a port of an IPv6 address', { host: '2001:db8::1', port: 25 }, '[2001:db8::1]:25'],
    ['a certificate where the port goes without saying', { host: 'shop.example' }, 'shop.example'],
    ['a name', { query: 'shop.example' }, 'shop.example'],
    ['a name at a server', { query: 'shop.example', server: '9.9.9.9' }, 'shop.example @9.9.9.9'],
    [
      'other records than addresses',
      { query: 'shop.example', type: 'MX', server: '::1', port: 5353 },
      'shop.example MX @[::1]:5353',
    ],
    ['what a plugin alone understands', { queue: 'orders' }, null],
    ['something odd', { url: 7, host: ['a'], query: '' }, null],
  ])('of %s', (_what, parameters, target) => {
    expect(targetOf(parameters)).toBe(target);
  });
});
