import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Monitor, ProbeResult } from '#collector';
import { FakeRippled, failure, serverInfo, success, type RpcAnswer } from './fake-rippled.ts';
import { probe, probeMachine, Workshop } from './workshop.ts';

const PLUGIN = fileURLToPath(new URL('../../../examples/plugins/xrpl-validator.mjs', import.meta.url));

let workshop: Workshop;
let rippled: FakeRippled;
let monitor: Monitor;

beforeAll(async () => {
  workshop = await Workshop.open();
  rippled = await FakeRippled.start();
  monitor = await workshop.monitor(
    workshop.entry({ path: PLUGIN }, { memoryMiB: 96, settings: { authorization: 'Basic eHJwbA==' } }),
  );
  await probe(monitor, { url: rippled.url });
});
beforeEach(() => {
  rippled.answer = success(serverInfo());
});
afterAll(async () => {
  await workshop?.close();
  await rippled?.stop();
});

const ledger = { age: 3, seq: 98_203_019 };

describe('the example, a server of the XRP Ledger', () => {
  test('is fine when it proposes, has peers and a fresh ledger', async () => {
    const result = await probe(monitor, { url: rippled.url });
    expect(result).toMatchObject({
      reason: null,
      detail: 'proposing, 21 peers, ledger 98203019 is 3 s old',
      measures: {
        peers: 21,
        ledgerAgeSeconds: 3,
        loadFactor: 1,
        ioLatencyMs: 1,
        convergeSeconds: 3.002,
        proposers: 35,
        uptimeSeconds: 5297,
      },
    });
    expect(result.latencyMs).toBeGreaterThan(0);
    expect(rippled.authorization).toBe('Basic eHJwbA==');
  });

  test('is found at the address of a machine', async () => {
    const machine = { name: 'v-1', address: '127.0.0.1' };
    expect(await probeMachine(monitor, machine, { url: `http://{address}:${rippled.port}` })).toMatchObject({
      reason: null,
    });
  });

  test('does not have to tell everything', async () => {
    rippled.answer = success({ server_state: 'full', validated_ledger: ledger });
    expect(await probe(monitor, { url: rippled.url })).toMatchObject({
      reason: null,
      detail: 'full, ? peers, ledger 98203019 is 3 s old',
      measures: { ledgerAgeSeconds: 3 },
    });
  });

  test.each(['disconnected', 'connected', 'syncing', 'tracking'])('is not fine when it is %s', async state => {
    rippled.answer = success(serverInfo({ server_state: state }));
    const detail = `it is ${state}, not full or validating or proposing`;
    expect(await probe(monitor, { url: rippled.url })).toMatchObject({
      reason: 'bad_response',
      detail,
      measures: { peers: 21 },
    });
  });

  test.each<{ what: string; answer: RpcAnswer | null; reason: string; detail: RegExp; parameters?: object }>([
    {
      what: 'follows and should propose',
      answer: success(serverInfo({ server_state: 'full' })),
      parameters: { states: ['proposing'] },
      reason: 'bad_response',
      detail: /^it is full, not proposing$/,
    },
    {
      what: 'is amendment blocked',
      answer: success(serverInfo({ amendment_blocked: true })),
      reason: 'bad_response',
      detail: /amendment blocked .*upgrade it \(it runs 2\.6\.1\)$/,
    },
    {
      what: 'has an old ledger',
      answer: success(serverInfo({ validated_ledger: { ...ledger, age: 41 } })),
      reason: 'stale',
      detail: /^it is proposing, but its last validated ledger is 41 s old$/,
    },
    {
      what: 'has an older ledger than was asked for',
      answer: success(serverInfo({ validated_ledger: { ...ledger, age: 9 } })),
      parameters: { max_ledger_age: '8s' },
      reason: 'stale',
      detail: /9 s old$/,
    },
    {
      what: 'has no validated ledger yet',
      answer: success(serverInfo({ validated_ledger: undefined, closed_ledger: ledger })),
      reason: 'no_data',
      detail: /^it is proposing and has no validated ledger$/,
    },
    {
      what: 'has too few peers',
      answer: success(serverInfo({ peers: 4 })),
      parameters: { min_peers: 5 },
      reason: 'bad_response',
      detail: /^it has 4 peers, not 5 or more$/,
    },
    {
      what: 'is too busy',
      answer: failure('tooBusy', { error_message: 'The server is too busy to help you now.' }),
      reason: 'bad_response',
      detail: /^it answers tooBusy: The server is too busy/,
    },
    { what: 'has no network', answer: failure('noNetwork'), reason: 'bad_response', detail: /^it answers noNetwork$/ },
    {
      what: 'answers others only',
      answer: failure('forbidden', { error_message: 'Bad credentials.' }),
      reason: 'denied',
      detail: /forbidden: Bad credentials/,
    },
    {
      what: 'is forbidden',
      answer: { status: 403, text: 'Forbidden' },
      reason: 'denied',
      detail: /^it answers 403: Forbidden$/,
    },
    {
      what: 'is overloaded',
      answer: { status: 503, text: 'Server is overloaded' },
      reason: 'bad_response',
      detail: /^it answers 503: Server is overloaded$/,
    },
    {
      what: 'is redirected',
      answer: { status: 302, text: '' },
      reason: 'bad_response',
      detail: /^it answers 302: \(nothing\)$/,
    },
    {
      what: 'is something else',
      answer: { status: 200, text: '<html>Welcome to nginx</html>' },
      reason: 'bad_response',
      detail: /^this is no answer to server_info: <html>Welcome/,
    },
    {
      what: 'answers something else in JSON',
      answer: { status: 200, text: 'null' },
      reason: 'bad_response',
      detail: /this is no answer/,
    },
    {
      what: 'answers without end',
      answer: { status: 200, text: 'x'.repeat(2_000_000) },
      reason: 'bad_response',
      detail: /longer than a million/,
    },
  ])('is not fine when it $what', async ({ answer, reason, detail, parameters }) => {
    rippled.answer = answer;
    const result = await probe(monitor, { url: rippled.url, ...parameters });
    expect(result.detail).toMatch(detail);
    expect(result.reason).toBe(reason);
  });

  test('is not fine when it does not answer in time', async () => {
    rippled.answer = null;
    expect(await probe(monitor, { url: rippled.url }, { timeoutMs: 400 })).toMatchObject({ reason: 'timeout' });
  });

  test('is not fine when nothing listens there, or there is no such host', async () => {
    const gone = await FakeRippled.start();
    await gone.stop();
    expect(await probe(monitor, { url: gone.url })).toMatchObject({
      reason: 'refused',
      detail: expect.stringContaining('ECONNREFUSED') as string,
    });
    expect(await probe(monitor, { url: 'http://nowhere.invalid:5005' })).toMatchObject({ reason: 'dns' });
  });

  test('does not take more memory than the least that can be given, whatever is asked of it', async () => {
    const ask = (): Promise<ProbeResult> => probe(monitor, { url: rippled.url }, { timeoutMs: 30_000 });
    const results = await Promise.all(Array.from({ length: 1_000 }, ask));
    for (let round = 0; round < 1_000; round += 1) results.push(await ask());
    expect(new Set(results.map(({ reason, detail }) => (reason === null ? 'fine' : detail)))).toEqual(
      new Set(['fine']),
    );
  });
});
