import { beforeAll, expect, test } from 'vitest';
import { startNameServer } from './name-server.ts';
import { CLOSED_PORT, NO_SUCH_NAME, usePorts } from './ports.ts';
import { HASTY_MS, PATIENT_MS, useProbe, type Written } from './probe.ts';

const probe = useProbe();
const open = usePorts();
let port = 0;

beforeAll(async () => {
  port = await startNameServer(open);
});

/** The rest of the monitor, and what a probe says. */
test.each<[monitor: Written, reason: string | null, detail: RegExp]>([
  [{ query: 'shop.example' }, null, /^shop\.example A: 192\.0\.2\.10, 192\.0\.2\.11\.$/],
  [{ query: 'Shop.Example.' }, null, /192\.0\.2\.10/],
  [{ server: 'localhost', query: 'shop.example' }, null, /192\.0\.2\.10/],
  [{ query: 'shop.example', expect: '192.0.2.11' }, null, /192\.0\.2\.11/],
  [{ query: 'shop.example', expect: ['192.0.2.11', '192.0.2.10'] }, null, /192\.0\.2\.11/],
  [{ query: 'shop.example', type: 'AAAA', expect: '2001:DB8:0:0::10' }, null, /2001:db8::10/],
  [{ query: 'www.shop.example', type: 'CNAME', expect: 'shop.example.' }, null, /CNAME: Shop\.example/],
  [
    { query: 'shop.example', type: 'MX', expect: ['20 spare.example', '10 mail.shop.example.'] },
    null,
    /10 mail\.shop\.example/,
  ],
  [{ query: 'shop.example', type: 'NS', expect: ['ns2.example', 'ns1.example'] }, null, /ns1\.example, ns2\.example/],
  [{ query: 'shop.example', type: 'TXT', expect: ['v=spf1 -all', 'token=Ab 1'] }, null, /v=spf1 -all/],
  [{ query: 'shop.example', type: 'SOA', expect: 'ns1.example admin.example 1 2 3 4 5' }, null, /ns1\.example admin/],
  [{ query: '_ssh._tcp.shop.example', type: 'SRV', expect: '0 5 22 db.shop.example' }, null, /0 5 22 db/],
  [{ query: 'shop.example', type: 'CAA', expect: '0 issue "ca.example"' }, null, /0 issue "ca\.example"/],
  [{ query: '192.0.2.10', type: 'PTR', expect: 'shop.example' }, null, /192\.0\.2\.10 PTR: shop\.example/],
  [{ query: 'large.example', type: 'TXT' }, null, /0 x+, 1 x+, .* and 35 more\.$/],
  [
    { query: 'shop.example', expect: ['192.0.2.10', '192.0.2.12'] },
    'bad_response',
    /^127\.0\.0\.1:\d+ should answer 192\.0\.2\.12 for shop\.example A, but answers 192\.0\.2\.10, 192\.0\.2\.11\.$/,
  ],
  [{ query: 'shop.example', type: 'TXT', expect: 'token=ab 1' }, 'bad_response', /should answer token=ab 1 for/],
  [{ query: 'garbage.example' }, 'bad_response', /sends something that is no answer/],
  [{ query: 'www.shop.example' }, 'no_data', /knows the name, but no such record of it/],
  [{ query: 'nxdomain.example' }, 'dns', /says that there is no such name \(NXDOMAIN\)/],
  [{ query: 'servfail.example' }, 'dns', /could not find out \(SERVFAIL\)/],
  [{ query: 'notimp.example' }, 'dns', /does not know such questions \(NOTIMP\)/],
  [{ query: 'formerr.example' }, 'dns', /does not understand the question \(FORMERR\)/],
  [{ query: 'refused.example' }, 'denied', /refuses to answer us \(REFUSED\)/],
  [{ query: 'shop.example', port: CLOSED_PORT }, 'refused', /127\.0\.0\.1:1 does not listen there/],
  [{ query: 'shop.example', server: NO_SUCH_NAME }, 'dns', /no-such-host\.invalid(, was not| cannot be) resolved/],
  [{ query: 'silent.example' }, 'timeout', /gave no answer within 700 ms/],
])('%j is %s', async (monitor, reason, detail) => {
  const result = await probe(
    { kind: 'dns', server: '127.0.0.1', port, ...monitor },
    { timeoutMs: reason === 'timeout' ? HASTY_MS : PATIENT_MS },
  );
  expect(result).toMatchObject({ reason, detail: expect.stringMatching(detail), values: null, facts: null });
  expect(result.latencyMs).toBeGreaterThan(0);
});

test('a question that was lost is asked again', async () => {
  const monitor = { kind: 'dns', server: '127.0.0.1', port, query: 'lossy.example' };
  expect(await probe(monitor, { timeoutMs: 3_000 })).toMatchObject({ reason: null });
});

test('the number of answers is measured', async () => {
  const result = await probe({ kind: 'dns', server: '127.0.0.1', port, query: 'shop.example', type: 'MX' });
  expect(result.measures).toEqual({ answers: 2 });
});

test('a machine is asked itself', async () => {
  const monitor = { kind: 'dns', port, query: 'shop.example', on: ['m1'] };
  expect(await probe(monitor, { address: '127.0.0.1' })).toMatchObject({ reason: null });
  expect(await probe(monitor, { address: '127.0.0.9' })).toMatchObject({ reason: 'refused' });
});

test('an address that cannot be asked is told, not thrown', async () => {
  const result = await probe(
    { kind: 'dns', port, query: 'shop.example', on: ['m1'] },
    { address: 'fe80::1%none', timeoutMs: HASTY_MS },
  );
  expect(result.reason).not.toBeNull();
});

test('without a server the resolvers of this host are asked', async () => {
  const result = await probe({ kind: 'dns', query: NO_SUCH_NAME }, { timeoutMs: 500 });
  expect(result.reason).not.toBeNull();
  expect(result.detail).toContain('the resolver of this host');
});

test('a probe that is cut off by the end of the process says nothing about the server', async () => {
  const shutDown = new AbortController();
  const monitor = { kind: 'dns', server: '127.0.0.1', port, query: 'silent.example' };
  const result = probe(monitor, { signal: shutDown.signal });
  setImmediate(() => shutDown.abort());
  expect(await result).toMatchObject({ reason: 'unobserved', latencyMs: null });
});
