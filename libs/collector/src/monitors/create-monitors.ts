import { NameLookups } from '../reading/name-lookups.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import type { Monitor, MonitorDeps } from './monitor.ts';
import { MonitorSet } from './monitor-set.ts';

/**
 * One monitor of each built-in kind, and those of plugins, sharing nothing but look-ups of names. Nothing is opened or
 * started before it is used.
 */
export function createMonitors(deps: MonitorDeps, plugins: Readonly<Record<string, Monitor>> = {}): MonitorSet {
  const shared = { ...deps, names: new NameLookups() };
  const builtIn = BUILT_IN_KINDS.map(({ kind, create }) => [kind, create(shared)] as const);
  return new MonitorSet({ ...plugins, ...Object.fromEntries(builtIn) });
}
