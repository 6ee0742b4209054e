import { expect, test } from 'vitest';
import { gatewaysOf, isThisMachine } from '../../deploy/image/door.ts';

const HEAD = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n';
const DEFAULT = 'eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0\n';
const OWN_NETWORK = 'eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0\n';
const OTHER_ROUTE = 'eth1\t0000590A\t0101590A\t0003\t0\t0\t0\t00FFFFFF\t0\t0\t0\n';

test.each([
  ['one default route', HEAD + DEFAULT + OWN_NETWORK, ['172.17.0.1']],
  ['a route to one network is no default route', HEAD + OTHER_ROUTE + DEFAULT, ['172.17.0.1']],
  [
    'two default routes',
    `${HEAD}${DEFAULT}eth1\t00000000\t0101590A\t0003\t0\t0\t100\t00000000\n`,
    ['172.17.0.1', '10.89.1.1'],
  ],
  ['a default route without a gateway', `${HEAD}tun0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\n`, []],
  ['a network without a way out', HEAD + OWN_NETWORK, []],
  ['no network', HEAD, []],
])('of the routes of a container: %s', (_what, routes, expected) => {
  expect(gatewaysOf(routes)).toEqual(expected);
});

const CONTAINER = { gateways: ['172.17.0.1'], own: ['172.17.0.2', '10.89.1.5'] };
test.each([
  ['what a port published on loopback carries', '172.17.0.1', true, CONTAINER],
  ['what an engine without root carries', '10.89.1.5', true, CONTAINER],
  ['another container', '172.17.0.3', false, CONTAINER],
  ['another machine', '203.0.113.7', false, CONTAINER],
  ['a connection that is gone already', undefined, false, CONTAINER],
  ['anybody where there is no gateway', '172.17.0.1', false, { gateways: [], own: ['172.17.0.2'] }],
])('%s (%s) is this machine: %s', (_what, peer, expected, container) => {
  expect(isThisMachine(peer, container)).toBe(expected);
});
