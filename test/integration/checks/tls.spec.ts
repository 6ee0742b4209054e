import { createPublicKey, X509Certificate } from 'node:crypto';
import { createSecureContext, createServer, type TlsOptions } from 'node:tls';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { daysFromNow, makeAuthority, makeIdentity, type Identity } from './certificates.ts';
import { CLOSED_PORT, NO_SUCH_NAME, UNREACHABLE, usePorts } from './ports.ts';
import { HASTY_MS, PATIENT_MS, useProbe, type Written } from './probe.ts';

const root = makeAuthority('Own Root');
const between = makeAuthority('Own Intermediate', root);
const stranger = makeAuthority('Strange Root');
const belowStranger = makeAuthority('Strange Intermediate', stranger);
const ended = makeAuthority('Ended Intermediate', root, daysFromNow(-1));
const client = makeIdentity({ name: 'us', by: root, purpose: 'client' });
const names = ['localhost', '127.0.0.1', '*.shop.example'];

const probe = useProbe(() => ({
  own: { ca: root.certificate },
  both: { ca: root.certificate, certificate: client.certificate, key: client.key },
  // The key of another.
  mixed: { ca: root.certificate, certificate: client.certificate, key: root.key },
}));

const open = usePorts();
const ports: Record<string, number> = { closed: CLOSED_PORT };

const sends = ({ chain, key }: Identity, more: TlsOptions = {}): TlsOptions => ({ cert: chain, key, ...more });
const alone = ({ certificate, key }: Identity): TlsOptions => ({ cert: certificate, key });

beforeAll(async () => {
  const strange = makeIdentity({ name: 'shop', by: stranger, names });
  const good = makeIdentity({ name: 'shop', by: between, names });
  const servers: Record<string, TlsOptions> = {
    good: sends(good),
    'ends in 5 days': sends(makeIdentity({ name: 'shop', by: root, names, to: daysFromNow(5.5) })),
    'ends today': sends(makeIdentity({ name: 'shop', by: root, names, to: daysFromNow(0.5) })),
    expired: sends(makeIdentity({ name: 'shop', by: root, names, to: daysFromNow(-2.5) })),
    'expired and foreign': sends(makeIdentity({ name: 'x', by: root, names: ['x.example'], to: daysFromNow(-0.5) })),
    'not yet valid': sends(makeIdentity({ name: 'shop', by: root, names, from: daysFromNow(3) })),
    foreign: sends(
      makeIdentity({ name: 'localhost', by: root, names: ['a.example', 'b.example', 'c.example', 'd.example'] }),
    ),
    'without names': sends(makeIdentity({ name: 'localhost', by: root })),
    'self-signed': sends(makeIdentity({ name: 'shop', by: null, names })),
    incomplete: alone(good),
    'of a strange authority': sends(strange),
    'of a strange authority that it sends': { key: strange.key, cert: strange.certificate + stranger.certificate },
    'of a strange authority below another': sends(makeIdentity({ name: 'shop', by: belowStranger, names })),
    'for clients': sends(makeIdentity({ name: 'shop', by: root, names, purpose: 'client' })),
    'of an authority that has ended': sends(makeIdentity({ name: 'shop', by: ended, names })),
    'too old': sends(good, { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'AES128-SHA' }),
    'wants a certificate': sends(good, { requestCert: true, rejectUnauthorized: true, ca: root.certificate }),
  };
  for (const [name, options] of Object.entries(servers)) ports[name] = await open.secure(options);
  ports['silent'] = await open.that(() => undefined);
  ports['closes'] = await open.that(socket => socket.end());
  ports['resets'] = await open.that(socket => socket.once('data', () => socket.resetAndDestroy()));
  ports['speaks plainly'] = await open.that(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  ports['full'] = await open.full();
});

/** What is at the port, the rest of the monitor, and what a probe says. */
test.each<[at: string, monitor: Written, reason: string | null, detail: RegExp]>([
  ['good', {}, null, /^The certificate of localhost ends in 89 days, on 20\d\d-\d\d-\d\d\.$/],
  ['good', { host: '127.0.0.1' }, null, /^The certificate of 127\.0\.0\.1 ends/],
  ['good', { server_name: 'www.shop.example' }, null, /^The certificate of www\.shop\.example ends/],
  ['good', { days: 90 }, 'tls', /ends in 89 days, .* there should be 90 days left at least/],
  [
    'good',
    { server_name: 'shop.example' },
    'tls',
    /is for localhost, 127\.0\.0\.1, \*\.shop\.example, not for shop\.example/,
  ],
  ['good', { server_name: 'a.b.shop.example' }, 'tls', /not for a\.b\.shop\.example/],
  ['good', { auth: undefined }, 'tls', /the issuer “Own Root” is unknown here \(if the authority is one of your own/],
  ['wants a certificate', { auth: 'both' }, null, /ends in/],
  ['ends in 5 days', {}, 'tls', /ends in 5 days, on 20\d\d-\d\d-\d\d: there should be 14 days left at least\.$/],
  ['ends in 5 days', { days: 5 }, null, /ends in 5 days/],
  ['ends today', { days: 0 }, null, /ends in less than a day/],
  ['expired', {}, 'tls', /^localhost: the certificate ended 2 days ago, on 20\d\d-\d\d-\d\d\.$/],
  [
    'expired and foreign',
    {},
    'tls',
    /ended less than a day ago, on .*; the certificate is for x\.example, not for localhost/,
  ],
  ['not yet valid', {}, 'tls', /the certificate is not valid before 20\d\d-/],
  ['foreign', {}, 'tls', /is for a\.example, b\.example, c\.example and 1 more, not for localhost/],
  ['without names', {}, 'tls', /is for no name at all, not for localhost/],
  ['self-signed', {}, 'tls', /the certificate is self-signed: no authority vouches for it/],
  ['incomplete', {}, 'tls', /the chain is incomplete: .* its issuer “Own Intermediate”/],
  ['of a strange authority', {}, 'tls', /its issuer “Strange Root”, which is no authority that is trusted here/],
  ['of a strange authority that it sends', {}, 'tls', /the authority “Strange Root” is not trusted here/],
  ['of a strange authority below another', {}, 'tls', /the issuer “Strange Root” is unknown here/],
  ['of an authority that has ended', {}, 'tls', /a certificate above it in the chain has ended/],
  ['for clients', {}, 'tls', /the certificate is not made for servers/],
  ['too old', {}, 'tls', /the TLS handshake failed: “.*handshake failure”/],
  ['speaks plainly', {}, 'tls', /what answers there does not speak TLS/],
  ['closes', {}, 'tls', /broke the connection during the TLS handshake/],
  ['resets', {}, 'tls', /broke the connection during the TLS handshake/],
  ['silent', {}, 'timeout', /accepted the connection, but did not end the TLS handshake within 700 ms/],
  ['full', {}, 'timeout', /accepted no connection within 700 ms/],
  ['closed', {}, 'refused', /^localhost:1 refuses the connection/],
  ['closed', { host: UNREACHABLE }, 'unreachable', /^There is no way to 127\.255\.255\.255:1 \(ENETUNREACH\)/],
  ['closed', { host: NO_SUCH_NAME }, 'dns', /no-such-host\.invalid (cannot be|was not) resolved/],
  ['good', { auth: 'nobody' }, 'unobserved', /^nodeconf\.yml has no auth "nobody"; add it there/],
  ['good', { auth: 'mixed' }, 'unobserved', /^The certificate, key or ca of auth "mixed" cannot be used \(ERR_OSSL/],
])('a server that is %s, with %j, is %s', async (at, monitor, reason, detail) => {
  const written = { kind: 'tls', host: 'localhost', port: ports[at], auth: 'own', ...monitor };
  const result = await probe(written, { timeoutMs: reason === 'timeout' ? HASTY_MS : PATIENT_MS });
  expect(result).toMatchObject({ reason, detail: expect.stringMatching(detail), values: null, facts: null });
});

test.each([
  ['good', 89],
  ['ends in 5 days', 5],
  ['expired', -3],
])('the days left of one that is %s are measured', async (at, daysLeft) => {
  const result = await probe({ kind: 'tls', host: 'localhost', port: ports[at], auth: 'own' });
  expect(result.measures).toEqual({ daysLeft });
  expect(result.latencyMs).toBeGreaterThan(0);
});

test('a machine is looked at by its own address', async () => {
  const result = await probe({ kind: 'tls', port: ports['good'], auth: 'own', on: ['m1'] }, { address: '127.0.0.1' });
  expect(result).toMatchObject({ reason: null, detail: expect.stringContaining('127.0.0.1') });
});

describe('a certificate that makes no sense', () => {
  const good = makeIdentity({ name: 'shop', by: root, names });
  const der = new X509Certificate(good.certificate).raw;
  const publicKey = createPublicKey(good.key).export({ type: 'spki', format: 'der' });
  const keyAt = der.indexOf(publicKey);
  /** The key itself must stay, or no server could use the certificate. */
  const place = fc.nat({ max: der.length - 1 }).filter(at => at < keyAt || at >= keyAt + publicKey.length);
  const changes = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 });

  test('has the reason tls, whatever it is', async () => {
    const server = createServer({ cert: good.certificate, key: good.key }, socket =>
      socket.on('error', () => undefined),
    );
    server.on('tlsClientError', () => undefined);
    const port = await open.listen(server);
    const monitor = { kind: 'tls', host: 'localhost', port, auth: 'own' };
    await fc.assert(
      fc.asyncProperty(changes, async changed => {
        const damaged = Buffer.from(der);
        for (const [at, byte] of changed) damaged[at] = byte;
        const options = { cert: pem(damaged), key: good.key };
        fc.pre(!damaged.equals(der) && canServe(options));
        server.setSecureContext(options);
        expect((await probe(monitor)).reason).toBe('tls');
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  test.each(['20261399000000Z', 'no date at all.'])('has the reason tls when it ends at %j', async date => {
    const damaged = Buffer.from(der);
    // GeneralizedTime of 15 characters; the second of the two is the end.
    const from = damaged.indexOf(Buffer.from([0x18, 15]));
    damaged.write(date, from + 2 + 15 + 2, 'latin1');
    const port = await open.secure({ cert: pem(damaged), key: good.key });
    const result = await probe({ kind: 'tls', host: 'localhost', port, auth: 'own' });
    expect(result).toMatchObject({ reason: 'tls', detail: expect.stringContaining('none that can be read') });
  });
});

function pem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`;
}

function canServe(options: TlsOptions): boolean {
  try {
    createSecureContext(options);
    return true;
  } catch {
    return false;
  }
}
