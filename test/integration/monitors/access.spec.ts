import { Clock, type Access, type Reason } from '#config';
import type { ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { pem } from '../../support/agents/certificates.ts';
import { RECORDED_WINDOW, recordedReply } from '../../support/agents/recorded-answers.ts';
import { startReplay, type ReplayServer, type Route } from '../../support/agents/replay-server.ts';
import { machineAt, never } from './machine.ts';

const limits = { timeoutMs: 3000, signal: never };
const PASSWORD = 'open, sesame';
const TOKEN = 'tok-4711';

const access = (name: string, parts: Partial<Access>): Access => ({
  name,
  authorization: null,
  certificate: null,
  key: null,
  ca: null,
  ...parts,
});
const basic = (password: string): string => `Basic ${Buffer.from(`distomon:${password}`).toString('base64')}`;
const client = { certificate: pem('client'), key: pem('client.key'), ca: pem('authority') };

const ACCESS = new Map(
  [
    access('basic', { authorization: basic(PASSWORD) }),
    access('wrong-basic', { authorization: basic('open, barley') }),
    access('bearer', { authorization: `Bearer ${TOKEN}` }),
    access('wrong-bearer', { authorization: 'Bearer tok-0815' }),
    access('ca', { ca: pem('authority') }),
    access('other-ca', { ca: pem('foreign-authority') }),
    access('certificate', client),
    access('stranger', { ...client, certificate: pem('stranger'), key: pem('stranger.key') }),
    access('everything', { ...client, authorization: basic(PASSWORD) }),
    access('torn', { certificate: pem('client'), key: pem('stranger.key') }),
  ].map(entry => [entry.name, entry]),
);
/** None of this may be told to anybody. */
const SECRETS = [PASSWORD, TOKEN, 'open, barley', 'tok-0815', 'PRIVATE', basic(PASSWORD), basic('open, barley')];

const wants =
  (authorization: string, challenge: string): Route =>
  (url, request) =>
    request.headers.authorization === authorization
      ? recordedReply('v2', url)
      : { status: 401, headers: { 'www-authenticate': challenge }, body: 'no' };
const open: Route = url => recordedReply('v2', url);

const tls: ServerOptions = { cert: pem('server'), key: pem('server.key') };
const mutual: ServerOptions = { ...tls, requestCert: true, rejectUnauthorized: true, ca: pem('authority') };
/** As nginx does it: the handshake succeeds, and the answer says no. */
const lenient: ServerOptions = { ...mutual, rejectUnauthorized: false };
const asNginx: Route = (url, request) => {
  const socket = request.socket as TLSSocket;
  if (socket.authorized) return recordedReply('v2', url);
  const isThere = Object.keys(socket.getPeerCertificate() ?? {}).length > 0;
  const why = isThere ? 'The SSL certificate error' : 'No required SSL certificate was sent';
  return { status: 400, body: `<html><head><title>400 ${why}</title></head></html>` };
};

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const part of running.splice(0)) await part.close();
});
const started = <T extends { close(): Promise<void> }>(part: T): T => {
  running.push(part);
  return part;
};
const newMonitor = (accessOf = (name: string): Access | null => ACCESS.get(name) ?? null): NetdataMonitor =>
  started(new NetdataMonitor({ clock: new Clock(), accessOf }));

const BASIC = wants(basic(PASSWORD), 'Basic realm="agents"');
const BEARER = wants(`Bearer ${TOKEN}`, 'Bearer realm="agents"');

const TABLE: readonly (readonly [
  what: string,
  Route,
  ServerOptions | null,
  auth: string | null,
  Reason | null,
  detail: RegExp | null,
])[] = [
  ['basic, right', BASIC, null, 'basic', null, null],
  ['basic, wrong', BASIC, null, 'wrong-basic', 'denied', /does not accept auth "wrong-basic".*name or password.*wrong/],
  [
    'basic, missing',
    BASIC,
    null,
    null,
    'denied',
    /wants a name and password.*give the machine an "auth:" that has basic/,
  ],
  ['basic, only a certificate given', BASIC, null, 'certificate', 'denied', /give auth "certificate".* a basic/],
  ['bearer, right', BEARER, null, 'bearer', null, null],
  ['bearer, wrong', BEARER, null, 'wrong-bearer', 'denied', /does not accept auth "wrong-bearer".*token.*wrong/],
  ['bearer, missing', BEARER, null, null, 'denied', /wants a token.*"auth:" that has bearer/],
  [
    'a name nobody knows',
    open,
    null,
    'nobody',
    'unobserved',
    /^nodeconf\.yml has no auth "nobody"; add it there \(docs/,
  ],
  ['own authority, given', open, tls, 'ca', null, null],
  ['own authority, not given', open, tls, null, 'tls', /give the machine an "auth:" that has ca_file/],
  [
    'own authority, another given',
    open,
    tls,
    'other-ca',
    'tls',
    /ca_file of auth "other-ca" does not hold the authority/,
  ],
  ['client certificate, right', open, mutual, 'certificate', null, null],
  ['client certificate, none', open, mutual, 'ca', 'denied', /wants a client certificate: give the machine/],
  [
    'client certificate, foreign',
    open,
    mutual,
    'stranger',
    'denied',
    /does not accept the client certificate of auth "stranger"/,
  ],
  [
    'client certificate by TLS 1.2, none',
    open,
    { ...mutual, maxVersion: 'TLSv1.2' },
    'ca',
    'tls',
    /handshake failure; perhaps it wants a client certificate/,
  ],
  ['client certificate as nginx, right', asNginx, lenient, 'certificate', null, null],
  ['client certificate as nginx, none', asNginx, lenient, 'ca', 'denied', /wants a client certificate \(status 400\)/],
  [
    'client certificate as nginx, foreign',
    asNginx,
    lenient,
    'stranger',
    'denied',
    /client certificate of auth "stranger"/,
  ],
  ['certificate and password together', BASIC, mutual, 'everything', null, null],
  [
    'a certificate and a key that are no pair',
    open,
    mutual,
    'torn',
    'unobserved',
    /auth "torn" in nodeconf\.yml are of no use/,
  ],
  ['https:// where TLS is not spoken', open, null, 'https', 'tls', /speaks no TLS/],
];

test.each(TABLE)('%s', async (...[, route, options, auth, reason, detail]) => {
  const agent = started(await startReplay(route, options));
  const monitor = newMonitor();
  const url = auth === 'https' ? agent.url.replace('http:', 'https:') : agent.url;
  const machine = { ...machineAt(url), auth: auth === 'https' ? null : auth };
  const probe = await monitor.probe(machine, limits);
  const window = await monitor.readWindow(machine, RECORDED_WINDOW, limits);
  expect([probe.reason, probe.detail ?? '']).toEqual([reason, expect.stringMatching(detail ?? /^$/)]);
  expect(window.reason).toBe(reason);
  const live = await monitor.live(machine, limits);
  expect(live === null).toBe(reason !== null);
  const told = JSON.stringify([probe, window]);
  expect(SECRETS.filter(secret => told.includes(secret))).toEqual([]);
});

describe('connections', () => {
  /** Tells each request apart by its connection and by what it was asked with. */
  async function tellingAgent(): Promise<{ agent: ReplayServer; seen: Map<number, Set<string>> }> {
    const seen = new Map<number, Set<string>>();
    const agent = started(
      await startReplay((url, { socket, headers }) => {
        const port = socket.remotePort ?? 0;
        seen.set(port, (seen.get(port) ?? new Set()).add(headers.authorization ?? 'nobody'));
        return recordedReply('v2', url);
      }),
    );
    return { agent, seen };
  }

  test('those of one name never carry requests of another, or of none', async () => {
    const { agent, seen } = await tellingAgent();
    const monitor = newMonitor();
    const names = [null, 'basic', 'bearer', 'wrong-basic'];
    for (let round = 0; round < 3; round += 1) {
      const probes = names.flatMap((auth, at) =>
        [10, 20, 30].map(id => monitor.probe({ ...machineAt(agent.url, id + at), auth }, limits)),
      );
      expect((await Promise.all(probes)).map(probe => probe.reason)).toEqual(probes.map(() => null));
    }
    expect([...seen.values()].filter(who => who.size !== 1)).toEqual([]);
    expect(new Set([...seen.values()].flatMap(who => [...who])).size).toBe(names.length);
  });

  test('machines of one name at one parent share them', async () => {
    const { agent, seen } = await tellingAgent();
    const monitor = newMonitor();
    for (let id = 1; id <= 10; id += 1) await monitor.probe({ ...machineAt(agent.url, id), auth: 'basic' }, limits);
    // A machine that is new is asked about itself beside its probe.
    expect(seen.size).toBeLessThanOrEqual(6);
  });

  test('a secret that is exchanged for another of the same name gets its own', async () => {
    const { agent, seen } = await tellingAgent();
    let password = 'first';
    const secrets = new Map(['first', 'second'].map(text => [text, access('x', { authorization: basic(text) })]));
    const monitor = newMonitor(() => secrets.get(password) ?? null);
    const machine = { ...machineAt(agent.url), auth: 'x' };
    await monitor.probe(machine, limits);
    password = 'second';
    await monitor.probe(machine, limits);
    expect(new Set([...seen.values()].flatMap(who => [...who]))).toEqual(new Set([basic('first'), basic('second')]));
    expect([...seen.values()].filter(who => who.size !== 1)).toEqual([]);
  });
});
