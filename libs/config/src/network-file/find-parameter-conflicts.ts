import type { MonitorKind, MonitorParameters } from '../monitor-kind.types.ts';
import { keysOf, unknownKey, type Conflict, type Path } from '../validation/check-shape.ts';
import { isService } from './is-service.ts';
import { MonitorShape } from './network-file.shape.ts';
import { withoutEmpty } from './parameters.ts';

/** What is wrong with the keys that belong to the kind of a monitor. */
export function findParameterConflicts(
  kind: MonitorKind,
  monitor: { readonly on?: readonly string[] | undefined; readonly parameters?: MonitorParameters | undefined },
  path: Path,
): Conflict[] {
  const { on = [], parameters: written = {} } = monitor;
  const parameters = withoutEmpty(written);
  const wrong = [...unknownKeys(kind, written, path), ...wrongValues(kind, parameters, path)];
  if (wrong.length > 0) return wrong;
  const scope = isService(kind, on) ? 'service' : 'machines';
  const conflicts = kind.findParameterConflicts?.(parameters, scope) ?? [];
  return conflicts.map(({ key, message }) => ({ path: key === null ? path : [...path, key], message, restsOn: path }));
}

/** A misspelt key of every monitor looks like one of its kind. */
function unknownKeys({ parameters: rules }: MonitorKind, parameters: MonitorParameters, path: Path): Conflict[] {
  const known = [...keysOf(MonitorShape), ...Object.keys(rules)];
  return Object.keys(parameters)
    .filter(key => !Object.hasOwn(rules, key))
    .map(key => ({ path: [...path, key], message: unknownKey(key, known) }));
}

function wrongValues({ parameters: rules }: MonitorKind, parameters: MonitorParameters, path: Path): Conflict[] {
  return Object.entries(rules).flatMap(([key, { required, problemOf }]) => {
    const value = parameters[key];
    const missing = required === true ? 'is missing' : null;
    const message = value === undefined ? missing : problemOf(value);
    return message === null ? [] : [{ path: [...path, key], message }];
  });
}
