import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Clock, parseNodeConfig, readAccess, type Reason } from '#config';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetdataMonitor } from '../../libs/collector/src/monitors/netdata/netdata-monitor.ts';
import { machineAt, never } from '../integration/monitors/machine.ts';
import { pemPath } from '../support/agents/certificates.ts';
import { ServerProcess } from '../support/server-process.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { expectedFromAgent, instantOf } from './expected.ts';
import { until } from './host-command.ts';
import { clusterNames } from './names.ts';
import type { NginxProcess } from './nginx-process.ts';
import { PASSWORD, startProxies, TOKEN, type ProxiedUrls } from './proxies.ts';
import { rawChart, type Stretch } from './raw-seconds.ts';
import { differences, listedMachine, nextWindow, untilSecond, untilStored } from './stored-rows.ts';

const NETWORK = 'access';
const NAME = 'access';
const SUBNET = '10.77.6';
const SECONDS = 30;
const STORED_WITHIN_MS = 60_000;

/** The certificate of our proxies is of our own authority: whoever reads them trusts it. */
const NODECONF = `auth:
  - { name: right-password, basic: { username: distomon, password: "${PASSWORD}" } }
  - { name: wrong-password, basic: { username: distomon, password: "open, barley" } }
  - { name: right-token, bearer: { token: ${TOKEN} } }
  - { name: wrong-token, bearer: { token: tok-0815 } }
  - { name: right-certificate, certificate_file: ${pemPath('client')}, key_file: ${pemPath('client.key')}, ca_file: ${pemPath('authority')} }
  - { name: foreign-certificate, certificate_file: ${pemPath('stranger')}, key_file: ${pemPath('stranger.key')}, ca_file: ${pemPath('authority')} }
  - { name: own-authority, ca_file: ${pemPath('authority')} }
  - { name: another-authority, ca_file: ${pemPath('foreign-authority')} }
`;
const SECRETS = [
  PASSWORD,
  TOKEN,
  'open, barley',
  'tok-0815',
  Buffer.from(`distomon:${PASSWORD}`).toString('base64'),
  'PRIVATE',
];

/** Where a machine is read, and what comes of it. */
interface Reached {
  readonly name: string;
  readonly at: (urls: ProxiedUrls & { readonly parent: string; readonly child: string }) => string;
  readonly auth?: string;
  /** The agent whose values are read, from 1; `null`: none can be. */
  readonly agent: number | null;
  readonly reason: Reason | null;
  readonly detail: RegExp | null;
}

const fine = { reason: null, detail: null };
const REACHED: readonly Reached[] = [
  { name: 'parent', at: ({ parent }) => parent, agent: 1, ...fine },
  { name: 'child-itself', at: ({ child }) => child, agent: 2, ...fine },
  {
    name: 'unknown-child',
    at: ({ parent }) => `${parent}/host/n9`,
    agent: null,
    reason: 'no_data',
    detail: /no machine of that name/,
  },
  { name: 'right-password', at: urls => urls.basic, auth: 'right-password', agent: 3, ...fine },
  {
    name: 'wrong-password',
    at: urls => urls.basic,
    auth: 'wrong-password',
    agent: null,
    reason: 'denied',
    detail: /its name or password/,
  },
  { name: 'no-password', at: urls => urls.basic, agent: null, reason: 'denied', detail: /wants a name and password/ },
  { name: 'right-token', at: urls => urls.bearer, auth: 'right-token', agent: 3, ...fine },
  {
    name: 'wrong-token',
    at: urls => urls.bearer,
    auth: 'wrong-token',
    agent: null,
    reason: 'denied',
    detail: /its token/,
  },
  { name: 'no-token', at: urls => urls.bearer, agent: null, reason: 'denied', detail: /wants a token/ },
  { name: 'right-certificate', at: urls => urls.mutual, auth: 'right-certificate', agent: 3, ...fine },
  {
    name: 'no-certificate',
    at: urls => urls.mutual,
    auth: 'own-authority',
    agent: null,
    reason: 'denied',
    detail: /wants a client certificate/,
  },
  {
    name: 'foreign-certificate',
    at: urls => urls.mutual,
    auth: 'foreign-certificate',
    agent: null,
    reason: 'denied',
    detail: /does not accept the client certificate of auth "foreign-certificate"/,
  },
  { name: 'own-authority', at: urls => urls.secured, auth: 'own-authority', agent: 3, ...fine },
  { name: 'no-authority', at: urls => urls.secured, agent: null, reason: 'tls', detail: /"auth:" that has ca_file/ },
  {
    name: 'another-authority',
    at: urls => urls.secured,
    auth: 'another-authority',
    agent: null,
    reason: 'tls',
    detail: /ca_file of auth "another-authority"/,
  },
  {
    name: 'no-agent',
    at: urls => urls.nobody,
    agent: null,
    reason: 'unreachable',
    detail: /proxy in front of the agent does not reach it/,
  },
  {
    name: 'plain-http',
    at: urls => urls.mutual.replace('https:', 'http:'),
    agent: null,
    reason: 'bad_response',
    detail: /https:\/\//,
  },
  {
    name: 'unknown-auth',
    at: urls => urls.basic,
    auth: 'nobody',
    agent: null,
    reason: 'unobserved',
    detail: /nodeconf\.yml has no auth "nobody"/,
  },
];
const READABLE = REACHED.filter(({ agent }) => agent !== null);
const OTHERS = REACHED.filter(({ agent }) => agent === null);

describe('agents behind a parent or a proxy', () => {
  let cluster: Cluster;
  let nginx: NginxProcess;
  let monitor: NetdataMonitor;
  let server: ServerProcess;
  let window: Stretch;
  let urlOf: (reached: Pick<Reached, 'at'>) => string;
  let child: string;

  const agentUrl = (index: number | null): string => cluster.agents[(index ?? 0) - 1]!.url;
  const machineOf = ({ name, auth, at }: Reached) => ({
    ...machineAt(urlOf({ at }), REACHED.length),
    name,
    auth: auth ?? null,
  });

  beforeAll(async () => {
    cluster = await startCluster({ name: NAME, subnet: SUBNET, agents: 3, children: 1 });
    const proxies = await startProxies(clusterNames(NAME, SUBNET).directory, cluster.gateway, cluster.agents[2]!);
    ({ nginx } = proxies);
    const parent = agentUrl(1);
    child = `${parent}/host/n2`;
    urlOf = ({ at }) => at({ ...proxies.urls, parent, child: agentUrl(2) });
    const { auth } = parseNodeConfig(
      `networks:\n  - { directory: x, node_id: x }\n${NODECONF}`,
      'nodeconf.yml',
      '/nowhere',
    );
    const access = await readAccess(auth, 'nodeconf.yml', path => readFile(path, 'utf8'));
    monitor = new NetdataMonitor({
      clock: new Clock(),
      accessOf: name => access.find(entry => entry.name === name) ?? null,
    });
    await until('the child to stream to its parent', 30_000, async () =>
      (await monitor.live(machineAt(child, 1), { timeoutMs: 2000, signal: never })) === null ? null : true,
    );

    server = await ServerProcess.create({ WINDOW: `${SECONDS}s`, WINDOW_GRACE: '10s' });
    const machines = REACHED.map(
      reached =>
        `  - { name: ${reached.name}, netdata: "${urlOf(reached)}"${reached.auth ? `, auth: ${reached.auth}` : ''} }\n`,
    );
    await server.network(`network_id: ${NETWORK}
version: 1
machines:
  - { name: child, netdata: "${child}" }
${machines.join('')}monitors:
  - { name: agents, kind: netdata, interval: 5s, timeout: 3s }
`);
    const path = join(server.home, 'config/nodeconf.yml');
    await writeFile(path, (await readFile(path, 'utf8')) + NODECONF);
    await server.start();
    // An agent's first sample of the load comes up to five seconds after its start.
    window = nextWindow(SECONDS, 6);
    await untilSecond(window.start + SECONDS + 7);
  }, 180_000);

  afterAll(async () => {
    await server?.dispose();
    await monitor?.close();
    await nginx?.stop();
    await cluster?.down();
  });

  describe.each(READABLE)('$name', reached => {
    it('a probe says what the agent itself says', async () => {
      const own = agentUrl(reached.agent);
      const [probe, instant] = await until('a probe and two looks at the agent in one second', 20_000, async () => {
        const before = await instantOf(own);
        const seen = await monitor.probe(machineOf(reached), { timeoutMs: 2000, signal: never });
        const after = await instantOf(own);
        return before.netIn === after.netIn && before.cpu === after.cpu ? ([seen, after] as const) : null;
      });
      expect([probe.reason, probe.detail]).toEqual([null, null]);
      expect(probe.values).toMatchObject({ netIn: instant.netIn, diskRead: instant.diskRead });
      expect(probe.values?.cpu).toBeCloseTo(instant.cpu, 9);
    });

    it('its row is that of every second at the agent', async () => {
      const stored = await untilStored(server, NETWORK, reached.name, window, STORED_WITHIN_MS);
      const expected = await expectedFromAgent(agentUrl(reached.agent), window);
      expect(differences(stored.metrics, expected, 1e-6)).toEqual([]);
      expect(stored).toMatchObject({ reachable: true, reason: null, samples: SECONDS });
    });
  });

  describe.each(OTHERS)('$name', reached => {
    it('a probe says why there is nothing, and what to do', async () => {
      const probe = await monitor.probe(machineOf(reached), { timeoutMs: 3000, signal: never });
      expect([probe.reason, probe.detail]).toEqual([reached.reason, expect.stringMatching(reached.detail!)]);
      expect(SECRETS.filter(secret => probe.detail?.includes(secret))).toEqual([]);
    });

    it('its row is empty and has the reason', async () => {
      const stored = await untilStored(server, NETWORK, reached.name, window, STORED_WITHIN_MS);
      expect(stored).toMatchObject({ reachable: false, reason: reached.reason, metrics: {} });
    });
  });

  it('a machine read at its parent has the row that the parent has of it, and it is its own', async () => {
    const stored = await untilStored(server, NETWORK, 'child', window, STORED_WITHIN_MS);
    expect(differences(stored.metrics, await expectedFromAgent(child, window), 1e-6)).toEqual([]);
    expect(stored).toMatchObject({ reachable: true, samples: SECONDS });
    const [own, parents] = [await expectedFromAgent(agentUrl(2), window), await expectedFromAgent(agentUrl(1), window)];
    expect(Math.abs(stored.metrics.netIn!.avg / own.netIn!.avg - 1)).toBeLessThan(0.005);
    expect(Math.abs(stored.metrics.netIn!.avg / parents.netIn!.avg - 1)).toBeGreaterThan(0.05);
  });

  it('charts that are asked for beside the metrics are exact through a proxy', async () => {
    const charts = ['system.io', 'disk_space._', 'net.eth0', 'nothing.here'];
    const machine = { ...machineOf(REACHED.find(({ name }) => name === 'right-password')!), charts };
    const limits = { timeoutMs: 5000, signal: never };
    const reading = await monitor.readWindow(
      machine,
      { start: new Date(window.start * 1000), lengthMs: SECONDS * 1000 },
      limits,
    );
    if (reading.reason !== null) throw new Error(reading.detail);
    expect(Object.keys(reading.charts)).toEqual(charts.slice(0, 3));
    for (const chart of charts.slice(0, 3)) {
      const { points } = (await rawChart(agentUrl(3), chart, window))!;
      expect(Object.keys(reading.charts[chart]!)).toEqual(Object.keys(points[0]!));
      for (const [dimension, summary] of Object.entries(reading.charts[chart]!)) {
        const values = points.map(point => point[dimension]!);
        expect(summary).toEqual({
          avg: expect.closeTo(values.reduce((sum, value) => sum + value, 0) / values.length, 6),
          min: Math.min(...values),
          max: Math.max(...values),
          samples: SECONDS,
          expected: SECONDS,
        });
      }
    }
    const { measures, detail } = await monitor.probe(machine, limits);
    expect(detail).toBe('Of the charts asked for, the agent does not have nothing.here.');
    expect(Object.keys(measures ?? {})).toEqual(
      expect.arrayContaining(['system.io.out', 'net.eth0.received', 'disk_space._.used']),
    );
  });

  it('the list of machines says the same', async () => {
    for (const { name, reason } of REACHED.filter(reached => reached.reason !== 'unobserved')) {
      const { latest } = await listedMachine(server, NETWORK, name);
      expect([name, latest.reachable, latest.reason]).toEqual([name, reason === null, reason]);
    }
  });

  it('a child whose stream has ended is stale, whatever its parent still shows', async () => {
    await cluster.stop(cluster.agents[1]!);
    const limits = { timeoutMs: 2000, signal: never };
    const probe = await until('the parent to have only old values', 60_000, async () => {
      const seen = await monitor.probe(machineAt(child, 1), limits);
      return seen.reason === null ? null : seen;
    });
    expect(probe).toMatchObject({ reason: 'stale', detail: expect.stringContaining('does it still stream there?') });
    expect((await monitor.probe(machineAt(agentUrl(1), 2), limits)).reason).toBeNull();
  });

  it('no secret is in the log', () => {
    expect(server.log.filter(line => SECRETS.some(secret => line.includes(secret)))).toEqual([]);
  });
});
