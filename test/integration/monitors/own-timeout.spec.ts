import { Clock } from '#config';
import { setTimeout as pause } from 'node:timers/promises';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NetdataMonitor } from '../../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { RECORDED_WINDOW, recordedReply } from '../../support/agents/recorded-answers.ts';
import { machineAt, never } from './machine.ts';

/** What each answer takes. */
const SLOW_MS = 300;
let agent: Server;
let url: string;
const monitor = new NetdataMonitor({ clock: new Clock(), accessOf: () => null });

beforeAll(async () => {
  agent = createServer((request, response) => {
    void pause(SLOW_MS).then(() => {
      const { status = 200, headers = {}, body } = recordedReply('v2', new URL(request.url ?? '/', 'http://agent'));
      return response.writeHead(status, headers).end(body);
    });
  });
  await once(agent.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(agent.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await monitor.close();
  agent.closeAllConnections();
  await new Promise(resolve => agent.close(resolve));
});

test.each([
  { own: null, general: 3000, reason: null },
  { own: null, general: 100, reason: 'timeout' },
  { own: 3000, general: 100, reason: null },
  { own: 100, general: 3000, reason: 'timeout' },
])('a slow agent, timeout $own of its machine, $general of the monitor: $reason', async ({ own, general, reason }) => {
  const machine = { ...machineAt(url, general + (own ?? 0)), timeoutMs: own };
  const probe = await monitor.probe(machine, { timeoutMs: general, signal: never });
  expect(probe.reason).toBe(reason);
  expect(probe.detail?.includes('gave no whole answer within 100 ms') ?? false).toBe(reason !== null);
});

// Its window takes five answers after one another, so 1500 ms.
test.each([
  { own: null, general: 900, reason: 'timeout' },
  { own: 200, general: 900, reason: 'timeout' },
  { own: 900, general: 900, reason: null },
  { own: 100, general: 5000, reason: null },
])('its window, timeout $own of its machine, $general of all: $reason', async ({ own, general, reason }) => {
  const reading = await monitor.readWindow({ ...machineAt(url, 1), timeoutMs: own }, RECORDED_WINDOW, {
    timeoutMs: general,
    signal: never,
  });
  expect(reading.reason).toBe(reason);
});
