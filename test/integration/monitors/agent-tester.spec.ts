import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AgentTester, type AgentTesterParts } from '#collector';
import { type Access, Clock, REASONS, type Reason } from '#config';
import { WorkerHost } from '#jobs';
import { adviceOn } from '../../../libs/collector/src/agent-advice.ts';
import { pem } from '../../support/agents/certificates.ts';
import { recordedReply } from '../../support/agents/recorded-answers.ts';
import { startReplay, type ReplayServer } from '../../support/agents/replay-server.ts';
import {
  startFakeAgents,
  startHostileAgents,
  type HostileKind,
  type RunningAgents,
} from '../../support/hostile-agents.ts';
import { backends, type QueueRoom } from '../jobs/backends.ts';
import { MemoryLog } from '../jobs/memory-log.ts';
import { MemoryPublisher } from '../mesh/watched-network.ts';
import { never } from './machine.ts';

const TOKEN = 'tok-4711';
const access: Access = { name: 'agents', authorization: `Bearer ${TOKEN}`, certificate: null, key: null, ca: null };

function testerWith(more: Partial<AgentTesterParts> = {}): AgentTester {
  return new AgentTester({
    publisher: new MemoryPublisher(),
    log: new MemoryLog(),
    worker: 'test-1',
    label: 'here',
    clock: new Clock(),
    accessOf: name => (name === 'agents' ? access : null),
    ...more,
  });
}

const look = (netdata: string, auth: string | null = null) => testerWith().test({ netdata, auth, via: null }, never);

describe('one look at an agent', () => {
  let agents: RunningAgents;
  beforeAll(async () => {
    agents = await startFakeAgents({ count: 1 });
  });
  afterAll(() => agents.stop());

  it('that is well says what it is, how far its clock is off and how long it took, by two requests', async () => {
    const before = await agents.requests();
    expect(await look(agents.urls[0] ?? '')).toEqual({
      reason: null,
      detail: null,
      advice: null,
      latencyMs: expect.any(Number) as number,
      clockOffsetMs: expect.any(Number) as number,
      agent: {
        version: expect.stringMatching(/^v?1\./) as string,
        os: expect.anything() as string,
        cores: expect.any(Number) as number,
        memoryBytes: expect.any(Number) as number,
      },
    });
    const after = await agents.requests();
    expect([after['allmetrics'], after['info'], after['data']]).toEqual([
      (before['allmetrics'] ?? 0) + 1,
      (before['info'] ?? 0) + 1,
      before['data'],
    ]);
  });

  it.each<[string, string, Reason]>([
    ['nothing listens', 'http://127.0.0.1:1', 'refused'],
    ['the name does not resolve', 'http://nowhere.invalid:19999', 'dns'],
    ['there is no such secret', 'http://127.0.0.1:1', 'unobserved'],
  ])('where %s gives the reason and what to do', async (_what, netdata, reason) => {
    const result = await look(netdata, reason === 'unobserved' ? 'nobody' : null);
    expect(result).toMatchObject({ reason, advice: adviceOn(reason), agent: null });
    expect(result.detail).toMatch(/\w/);
  });

  it.each<[HostileKind, Reason]>([
    ['redirect', 'bad_response'],
    ['garbage', 'bad_response'],
    ['empty body', 'bad_response'],
    ['empty object', 'no_data'],
    ['stale values', 'stale'],
    ['huge body without length', 'too_large'],
    ['not http', 'bad_response'],
    ['reset after bytes', 'reset'],
    ['closed without a byte', 'denied'],
    ['silence', 'timeout'],
  ])('that answers with %s says %s', async (kind, reason) => {
    const hostile = await startHostileAgents([kind]);
    try {
      expect(await look(hostile.urls[0] ?? '')).toMatchObject({ reason, advice: adviceOn(reason) });
    } finally {
      await hostile.stop();
    }
  });

  it('goes nowhere else: what it is redirected to is never asked', async () => {
    const asked: string[] = [];
    const other = await startReplay(url => {
      asked.push(String(url));
      return recordedReply('v2', url);
    });
    const redirecting = await startReplay(() => ({ status: 302, headers: { location: other.url }, body: '' }));
    try {
      expect(await look(redirecting.url)).toMatchObject({ reason: 'bad_response' });
      expect(asked).toEqual([]);
    } finally {
      await Promise.all([other.close(), redirecting.close()]);
    }
  });

  it('over TLS by an authority that is not known says so', async () => {
    const server = await startReplay(url => recordedReply('v2', url), { cert: pem('server'), key: pem('server.key') });
    try {
      expect(await look(server.url)).toMatchObject({ reason: 'tls', advice: adviceOn('tls') });
    } finally {
      await server.close();
    }
  });

  it('sends the secret that it names, and tells nobody what it is', async () => {
    const server: ReplayServer = await startReplay((url, request) =>
      request.headers.authorization === `Bearer ${TOKEN}`
        ? recordedReply('v2', url)
        : { status: 401, headers: { 'www-authenticate': 'Bearer' }, body: 'no' },
    );
    try {
      const [without, with_] = [await look(server.url), await look(server.url, 'agents')];
      expect([without.reason, with_.agent?.version]).toEqual(['denied', expect.stringMatching(/^v2/)]);
      expect(JSON.stringify([without, with_])).not.toContain(TOKEN);
    } finally {
      await server.close();
    }
  });

  it('is one of ten at most', async () => {
    const silent = await startHostileAgents(['silence']);
    try {
      const tester = testerWith();
      const stop = new AbortController();
      const [url = ''] = silent.urls;
      const ten = Array.from({ length: 10 }, () => tester.test({ netdata: url, auth: null, via: null }, stop.signal));
      await expect(tester.test({ netdata: url, auth: null, via: null }, never)).rejects.toMatchObject({
        code: 'TOO_BUSY',
        retryable: true,
      });
      stop.abort();
      await Promise.all(ten);
      expect((await tester.test({ netdata: 'http://127.0.0.1:1', auth: null, via: null }, never)).reason).toBe(
        'refused',
      );
    } finally {
      await silent.stop();
    }
  });
});

it.each(REASONS)('there is a sentence on what to do about %s', reason => {
  expect(adviceOn(reason)).toMatch(/^[A-Z][^]*[.?]$/);
});

describe.each(backends)('an agent that another process would watch, asked through $server', ({ createRoom }) => {
  let agents: RunningAgents;
  let room: QueueRoom;
  let worker: WorkerHost;
  let front: AgentTester;
  beforeAll(async () => {
    agents = await startFakeAgents({ count: 1 });
    room = await createRoom();
    front = testerWith({ publisher: await room.open(), label: 'front' });
    const back = testerWith({ label: 'back-1' });
    worker = new WorkerHost(await room.open(), back.handlers(), { label: 'back-1', log: new MemoryLog() });
    await worker.start();
  });
  afterAll(async () => {
    await worker?.stop(5_000);
    await room?.close();
    await agents?.stop();
  });

  it('is looked at by that one', async () => {
    const [netdata = ''] = agents.urls;
    expect(await front.test({ netdata, auth: null, via: 'back-1' }, never)).toMatchObject({
      reason: null,
      agent: { version: expect.any(String) as string },
    });
    expect(await front.test({ netdata: 'http://127.0.0.1:1', auth: 'agents', via: 'back-1' }, never)).toMatchObject({
      reason: 'refused',
    });
  });

  it('that is not there is told so', { timeout: 20_000 }, async () => {
    const [netdata = ''] = agents.urls;
    expect(await front.test({ netdata, auth: null, via: 'gone' }, never)).toMatchObject({
      reason: 'unobserved',
      detail: expect.stringContaining('"gone"') as string,
    });
  });
});
