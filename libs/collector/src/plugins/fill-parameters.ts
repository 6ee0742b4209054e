import type { MonitorParameters } from '#config';
import { withAddress } from './address.ts';
import type { PluginDescription } from './plugin-description.ts';

/**
 * The parameters as a plugin is given them: what the network file says or the default, durations in milliseconds.
 *
 * @param address what `{address}` stands for; `null`: it is left as it is
 */
export function fillParameters(
  { parameters }: Pick<PluginDescription, 'parameters'>,
  written: MonitorParameters,
  address: string | null,
): Record<string, unknown> {
  const filled: Record<string, unknown> = {};
  for (const { key, fallback, handOver } of parameters) {
    const value = written[key] ?? fallback;
    if (value === undefined) continue;
    filled[key] = handOver(address === null ? value : withAddress(value, address));
  }
  return filled;
}
