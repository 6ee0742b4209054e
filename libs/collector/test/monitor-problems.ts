import { stringify } from 'yaml';
import { ConfigurationError, parseNetworkFile } from '#config';
import { BUILT_IN_KINDS } from '../src/monitors/built-in-kinds.ts';

/**
 * What is wrong with a monitor in a network file, without the file and the place of the monitor: `port: is missing`.
 * Machines named `m1` with an address are there for `on`.
 */
export function monitorProblems(monitor: Readonly<Record<string, unknown>>): string[] {
  const machines = [{ name: 'm1', host: true, address: '10.0.0.1' }];
  const text = stringify({ network_id: 'test', version: 1, machines, monitors: [{ name: 'check', ...monitor }] });
  try {
    parseNetworkFile(text, 'network.yml', BUILT_IN_KINDS);
    return [];
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return error.problems.map(({ path, message }) => `${path.replace(/^monitors\[0\]\.?/, '')}: ${message}`);
  }
}
