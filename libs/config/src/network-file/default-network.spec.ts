import { describe, expect, it } from 'vitest';
import { KINDS } from '../../test/kinds.ts';
import { type DefaultNetwork, defaultNetworkText } from './default-network.ts';
import { monitorsOf } from './monitors-of.ts';
import { parseNetworkFile } from './parse-network-file.ts';

const issuedAt = new Date('2026-11-20T10:00:00Z');
const agent = 'http://127.0.0.1:19999';
const read = (network: DefaultNetwork) => parseNetworkFile(defaultNetworkText(network), 'network.yml', KINDS);

const nothing = { id: null, address: null, auth: null, timeoutMs: null, charts: [], labels: {} };
const machine = { ...nothing, name: 'web-1', via: 'web-1' };

describe('defaultNetworkText', () => {
  it('watches this host by its agent when one answered', () => {
    const file = read({ machineName: 'web-1', via: 'web-1', agent, issuedAt });
    expect(file).toMatchObject({
      networkId: 'local',
      version: 1,
      issuedAt,
      quorum: { observers: 1, agree: 1, misses: 3 },
    });
    expect(file.machines).toEqual([{ ...machine, netdata: agent, host: false }]);
    expect(file.machines.flatMap(machine => monitorsOf(file, machine)).map(({ kind }) => kind)).toEqual(['netdata']);
  });

  it('watches this host by the host monitor when no agent answered', () => {
    const file = read({ machineName: 'web-1', via: 'web-1', agent: null, issuedAt });
    expect(file.machines).toEqual([{ ...machine, netdata: null, host: true }]);
    expect(file.machines.flatMap(machine => monitorsOf(file, machine)).map(({ kind }) => kind)).toEqual(['host']);
  });

  it.each(['0815', 'true', 'null', '1e3', 'Bob’s "Mac": #1'])(
    'reads the name of a host called %j as text',
    machineName => {
      expect(read({ machineName, via: '0815', agent, issuedAt }).machines[0]).toMatchObject({
        via: '0815',
        netdata: agent,
      });
    },
  );

  it('shows in its comments what can be added: without the #, the file still reads', () => {
    const text = defaultNetworkText({ machineName: 'web-1', via: 'web-1', agent, issuedAt });
    const [example] = /#   - name: db-1\n(#.*\n)+?#\n/.exec(text) ?? [];
    const added = (example ?? '').replace(/^# ?/gm, '');
    const withMore = text.replace('machines:\n', `machines:\n${added}`).replace(/^# (monitors:|rules:|  - \{)/gm, '$1');
    const file = parseNetworkFile(withMore, 'network.yml', KINDS);
    expect(file.machines.map(({ name }) => name)).toEqual(['db-1', 'web-1']);
    expect(file.monitors.map(({ name }) => name)).toEqual(['agents', 'databases', 'shop', 'host']);
    expect(file.monitors.find(({ name }) => name === 'shop')).toMatchObject({
      service: true,
      parameters: { url: 'https://shop.example/health' },
    });
    expect(file.rules.map(({ name }) => name)).toEqual(['cpu-high']);
  });
});
