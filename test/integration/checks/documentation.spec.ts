import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { BUILT_IN_KINDS } from '#collector';
import { parseNetworkFile, parseNodeConfig } from '#config';

const text = readFileSync(new URL('../../../docs/monitors.md', import.meta.url), 'utf8');
const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => block);

/** What the examples name with `on`. */
const MACHINES = [
  { name: 'db-1', host: true, via: 'a', address: '10.0.0.12', labels: { tier: 'db' } },
  { name: 'db-2', host: true, via: 'b', address: '10.0.0.13', labels: { tier: 'app', role: 'resolver' } },
];

const isAuth = (block: string): boolean => block.startsWith('auth:');
/** A list of monitors, one monitor by its keys, or a piece of a file. */
const monitorsIn = (block: string): readonly unknown[] => {
  const value = parse(block) as unknown;
  return Array.isArray(value) ? value : ((value as { monitors?: unknown[] }).monitors ?? []);
};

test.each(blocks.filter(block => monitorsIn(block).length > 0))('an example of a network file works:\n%s', block => {
  const file = stringify({ network_id: 'test', version: 1, machines: MACHINES, monitors: monitorsIn(block) });
  expect(() => parseNetworkFile(file, 'network.yml', BUILT_IN_KINDS)).not.toThrow();
});

test.each(blocks.filter(isAuth))('an example of nodeconf.yml works:\n%s', block => {
  const file = `networks: [{ directory: test, node_id: a }]\n${block}`;
  expect(() => parseNodeConfig(file, 'nodeconf.yml', '/home')).not.toThrow();
});

test('there is an example of every kind, and every key of it is explained', () => {
  const checks = BUILT_IN_KINDS.filter(({ gives }) => gives === 'check');
  for (const { kind, parameters } of checks) {
    const [section = ''] = text.split(`\n## ${kind}\n`)[1]?.split('\n## ') ?? [];
    expect(section).toContain(`kind: ${kind}`);
    for (const key of Object.keys(parameters)) expect(section).toContain(`\n| \`${key}\` |`);
  }
});
