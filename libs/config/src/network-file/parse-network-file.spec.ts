import { describe, expect, it } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { problemLinesOf } from '../../test/problems-of.ts';
import type { MachineNeed } from '../monitor-kind.types.ts';
import type { MonitorEntry } from '../network-file.types.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const problemsOf = (text: string) => problemLinesOf(() => parseNetworkFile(text, 'network.yml', KINDS));

const HASH = `sha256:${'0a'.repeat(32)}`;
const HEAD = 'network_id: acme\nversion: 12\n';
const MACHINES = `${HEAD}machines:
  - { name: db-1, netdata: "http://10.0.0.11:19999", labels: { tier: db } }
  - { name: web-1, host: true, labels: { tier: web } }
`;

/** A monitor that runs although the file names none of its kind. */
function byItself(kind: MachineNeed): MonitorEntry {
  const timing = { intervalMs: 10_000, timeoutMs: 3_000 };
  return { name: kind, kind, gives: 'metrics', needs: kind, ...timing, on: [], service: false, parameters: {} };
}

describe('parseNetworkFile', () => {
  it('fills in every default', () => {
    expect(parseNetworkFile(HEAD, 'network.yml', KINDS)).toEqual({
      networkId: 'acme',
      version: 12,
      previous: null,
      machines: [],
      monitors: [byItself('netdata'), byItself('host')],
      quorum: { observers: 1, agree: 1, misses: 3 },
      rules: [],
      issuedAt: null,
      expires: null,
      threshold: null,
      signers: [],
      nodes: [],
      versionRange: null,
    });
  });

  const PORT = { kind: 'port', gives: 'check', needs: 'address', timeoutMs: 3_000 } as const;
  it('reads a whole file', () => {
    const text = `network_id: acme
version: 12
previous: ${HASH}
issued_at: 2026-11-20T10:00:00Z
expires: 2027-02-20T00:00:00Z
threshold: 1
signers:
  - { name: alice, key: "ssh-ed25519 AAAA" }
nodes:
  - { node_id: fra-1, public_key: "abc", url: "https://fra-1.acme.example/", labels: {region: eu} }
machines:
  - { name: db-1, id: m1, netdata: "http://10.0.0.11:19999/host/db-1/", labels: {tier: db} }
  - { name: here, host: true, via: fra-1 }
  - { name: far, netdata: "https://far.example", address: "fd00::1", auth: agents, timeout: 2500ms, charts: [nginx.requests, "a b", nginx.requests] }
monitors:
  - { name: agents, kind: netdata, interval: 1m, timeout: 5s, on: [db-1, tier=db] }
  - { name: quick, kind: host, interval: 5s }
  - { name: ssh, kind: port, port: 22, on: [far] }
  - { name: shop, kind: port, target: shop.example, port: 443, interval: 1h }
quorum: { observers: 7, agree: 4, misses: 2 }
rules:
  - { name: cpu-high, metric: cpu, above: 90, for: 5m, severity: critical }
  - { name: disk-idle, metric: diskRead, below: 0 }
version_range: ">=1 <2"
`;
    expect(parseNetworkFile(text, 'network.yml', KINDS)).toEqual({
      networkId: 'acme',
      version: 12,
      previous: HASH,
      machines: [
        {
          id: 'm1',
          name: 'db-1',
          netdata: 'http://10.0.0.11:19999/host/db-1',
          host: false,
          via: null,
          address: null,
          auth: null,
          timeoutMs: null,
          charts: [],
          labels: { tier: 'db' },
        },
        {
          id: null,
          name: 'here',
          netdata: null,
          host: true,
          via: 'fra-1',
          address: null,
          auth: null,
          timeoutMs: null,
          charts: [],
          labels: {},
        },
        {
          id: null,
          name: 'far',
          netdata: 'https://far.example',
          host: false,
          via: null,
          address: 'fd00::1',
          auth: 'agents',
          timeoutMs: 2_500,
          charts: ['nginx.requests', 'a b'],
          labels: {},
        },
      ],
      monitors: [
        { ...byItself('netdata'), name: 'agents', intervalMs: 60_000, timeoutMs: 5_000, on: ['db-1', 'tier=db'] },
        { ...byItself('host'), name: 'quick', intervalMs: 5_000 },
        { ...PORT, name: 'ssh', intervalMs: 10_000, on: ['far'], service: false, parameters: { port: 22 } },
        {
          ...PORT,
          name: 'shop',
          intervalMs: 3_600_000,
          on: [],
          service: true,
          parameters: { target: 'shop.example', port: 443 },
        },
      ],
      quorum: { observers: 7, agree: 4, misses: 2 },
      rules: [
        { name: 'cpu-high', metric: 'cpu', above: 90, below: null, forMs: 300_000, severity: 'critical' },
        { name: 'disk-idle', metric: 'diskRead', above: null, below: 0, forMs: 0, severity: 'warning' },
      ],
      issuedAt: new Date('2026-11-20T10:00:00Z'),
      expires: new Date('2027-02-20T00:00:00Z'),
      threshold: 1,
      signers: [{ name: 'alice', key: 'ssh-ed25519 AAAA' }],
      nodes: [{ nodeId: 'fra-1', publicKey: 'abc', url: 'https://fra-1.acme.example', labels: { region: 'eu' } }],
      versionRange: '>=1 <2',
    });
  });

  it('takes a section that was commented out for an empty one', () => {
    expect(parseNetworkFile(`${HEAD}machines:\n#  - name: a\nrules:\n`, 'network.yml', KINDS)).toMatchObject({
      machines: [],
      rules: [],
    });
  });

  it('reports everything that is wrong with a file at once', () => {
    const text = `network_id: acme corp
version: 0
machines:
  - name: db-1
    netdta: http://10.0.0.11:19999
  - { name: db-1, netdata: "ftp://bob:hunter2@10.0.0.11" }
  - { name: web-1, host: true, labels: { tier: 1 } }
monitors:
  - { name: agents, kind: ping, interval: 10 }
quorum: { observers: 2, agree: 3 }
rules:
  - { name: hot, metric: temperature, above: 1, below: 2 }
`;
    expect(problemsOf(text)).toEqual([
      '1 network_id: "acme corp" is no name: use 1 to 63 letters, digits, ".", "_" and "-", and begin with a letter or digit',
      '2 version: 0 is no whole number from 1 to 2000000000',
      '5 machines[0].netdta: is not known here; did you mean netdata?',
      '6 machines[1].netdata: "ftp://***@10.0.0.11" begins neither with http:// nor with https://',
      '6 machines[1].name: "db-1" is taken by machines[0]; choose another name',
      '7 machines[2].labels: the label tier must be text: write it in quotes, not 1',
      '9 monitors[0].interval: 10 is no duration: write it like 500ms, 10s, 5m, 1h or 1d',
      '9 monitors[0].kind: "ping" is none of netdata, host, port, http; the kind of a plugin is known when nodeconf.yml lists the plugin',
      '10 quorum.agree: 3 can never agree: there are 2 observers',
      '12 rules[0].metric: "temperature" is none of cpu, memory, memoryUsed, swap, disk, diskFullest, diskRead, diskWrite, netIn, netOut, load1, uptime',
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      'a machine that nothing watches',
      `${HEAD}machines:\n  - name: a\n`,
      ['4 machines[0]: has nothing to be watched by: give it netdata: http://… or host: true'],
    ],
    [
      'a machine that is watched twice',
      `${HEAD}machines:\n  - { name: a, netdata: "http://a", host: true }\n`,
      ['4 machines[0]: has both netdata and host: true; keep one of them'],
    ],
    [
      'two ids that are the same',
      `${HEAD}machines:\n  - { name: a, id: x, host: true }\n  - { name: b, id: x, netdata: "http://b" }\n`,
      ['5 machines[1].id: "x" is taken by machines[0]; choose another id'],
    ],
    [
      'two hosts of one process',
      `${HEAD}machines:\n  - { name: a, host: true, via: x }\n  - { name: b, host: true, via: x }\n`,
      ['5 machines[1]: has host: true via "x" like machines[0]: one process knows one host only'],
    ],
    [
      'two hosts of no named process',
      `${HEAD}machines:\n  - { name: a, host: true }\n  - { name: b, host: true, via: x }\n`,
      ['4 machines[0]: is one of several with host: true: name the process that runs on it with via'],
    ],
    [
      'a selector that matches nothing',
      `${MACHINES}monitors:\n  - { name: m, kind: netdata, on: [db-1, db-2, tier=dbs, role=db] }\n`,
      [
        '7 monitors[0].on[1]: "db-2" matches no machine; did you mean db-1?',
        '7 monitors[0].on[2]: "tier=dbs" matches no machine; did you mean tier=db?',
        '7 monitors[0].on[3]: "role=db" matches no machine, neither as name nor as label=value',
      ],
    ],
    [
      'a selector of machines that the kind cannot look at',
      `${MACHINES}monitors:\n  - { name: m, kind: netdata, on: [tier=web] }\n`,
      ['7 monitors[0].on[0]: "tier=web" matches only machines without netdata, which a netdata monitor needs'],
    ],
    [
      'two monitors and two rules of one name',
      `${HEAD}monitors: [{ name: m, kind: host }, { name: m, kind: host }]
rules: [{ name: r, metric: cpu, above: 1 }, { name: r, metric: cpu, above: 2 }]\n`,
      [
        '3 monitors[1].name: "m" is taken by monitors[0]; choose another name',
        '4 rules[1].name: "r" is taken by rules[0]; choose another name',
      ],
    ],
    [
      'a rule with two thresholds and one with none',
      `${HEAD}rules:
  - { name: a, metric: cpu, above: 1, below: 2 }
  - { name: b, metric: cpu }\n`,
      ['4 rules[0]: has above and below: keep one of them', '5 rules[1]: has no threshold: give it above or below'],
    ],
    [
      'a rule with an infinite threshold',
      `${HEAD}rules:\n  - { name: a, metric: cpu, above: .inf }\n`,
      ['4 rules[0].above: Infinity is no number'],
    ],
    [
      'an expiry that lies before the issue',
      `${HEAD}issued_at: 2026-11-20T10:00:00Z\nexpires: 2026-11-20T10:00:00Z\n`,
      ['4 expires: must be after issued_at'],
    ],
    [
      'more signatures than signers',
      `${HEAD}threshold: 2\nsigners: [{ name: alice, key: abc }]\n`,
      ['3 threshold: 2 can never sign: there are 1 signers'],
    ],
    [
      'a node without a key',
      `${HEAD}nodes: [{ node_id: a, url: "https://a" }]\n`,
      ['3 nodes[0].public_key: is missing'],
    ],
    [
      'a hash that is none',
      `${HEAD}previous: sha256:ABC\n`,
      ['3 previous: "sha256:ABC" is no hash: write sha256: and 64 lower case hexadecimal digits'],
    ],
    [
      'a fraction of a version',
      'network_id: acme\nversion: 1.5\n',
      ['2 version: 1.5 is no whole number from 1 to 2000000000'],
    ],
    [
      'a version in quotes',
      'network_id: acme\nversion: "12"\n',
      ['2 version: "12" is no whole number from 1 to 2000000000'],
    ],
  ])('refuses %s', (_, text, problems) => {
    expect(problemsOf(text)).toEqual(problems);
  });

  it('does not report what may only follow from another problem', () => {
    expect(
      problemsOf(`${HEAD}machines:\n  - { name: "!", host: true }\nmonitors:\n  - { name: m, kind: host, on: [a] }\n`),
    ).toEqual([expect.stringContaining('4 machines[0].name: "!" is no name')]);
  });
});
