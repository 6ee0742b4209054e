import type { MonitorKind, MonitorParameters, MonitorScope, ParameterConflict } from '#config';
import { ADDRESS, holdsAddress } from './address.ts';
import type { PluginDescription } from './plugin-description.ts';

/** The kind of monitor that a plugin brings, as network files are checked by it. */
export function kindOf({ kind, needs, parameters }: PluginDescription): MonitorKind {
  return {
    kind,
    gives: 'check',
    needs,
    parameters: Object.fromEntries(
      parameters.map(({ key, required, problemOf }) => [key, { required, problemOf }] as const),
    ),
    findParameterConflicts: (written, scope) =>
      addressConflicts(withDefaults(parameters, written), scope, needs === 'address'),
  };
}

function withDefaults(parameters: PluginDescription['parameters'], written: MonitorParameters): MonitorParameters {
  return Object.fromEntries(parameters.map(({ key, fallback }) => [key, written[key] ?? fallback]));
}

/** `{address}` only where there is an address to put in its place. */
function addressConflicts(given: MonitorParameters, scope: MonitorScope, hasAddress: boolean): ParameterConflict[] {
  if (scope === 'machines' && hasAddress) return [];
  const message = hasAddress
    ? `holds ${ADDRESS}, which stands for the machines of on: add on, or write the address itself`
    : `holds ${ADDRESS}, but monitors of this kind do not ask for the address of a machine`;
  return Object.entries(given).flatMap(([key, value]) => (holdsAddress(value) ? [{ key, message }] : []));
}
