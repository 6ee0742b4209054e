import type { Checked, Conflict, Path } from '../validation/check-shape.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import type { AuthShape, NodeConfigShape, PluginShape } from './node-config.shape.ts';

/** What is wrong between the parts of nodeconf.yml that are fine by themselves. */
export function findNodeConflicts({ networks, auth, plugins }: Checked<NodeConfigShape>): Conflict[] {
  return [
    ...findDuplicates('networks', networks, 'directory'),
    ...findDuplicates('auth', auth, 'name'),
    ...(auth ?? []).flatMap(authConflicts),
    ...findDuplicates('plugins', plugins, 'path'),
    ...findDuplicates('plugins', plugins, 'package'),
    ...(plugins ?? []).flatMap(pluginConflicts),
  ];
}

function authConflicts(auth: Checked<AuthShape>, index: number): Conflict[] {
  const path = ['auth', index];
  const { basic, bearer, certificate_file, key_file, ca_file } = auth;
  const conflicts: Conflict[] = [];
  const given = [basic, bearer, certificate_file, key_file, ca_file].filter(part => part !== undefined);
  if (given.length === 0)
    conflicts.push(told(path, 'holds nothing: give it basic, bearer, certificate_file or ca_file'));
  if (basic !== undefined && bearer !== undefined)
    conflicts.push(told(path, 'has basic and bearer: a request carries one of them; keep one'));
  if ((certificate_file === undefined) !== (key_file === undefined))
    conflicts.push(told(path, 'has one of certificate_file and key_file: a client certificate needs both'));
  if (basic !== undefined) conflicts.push(...oneOf(basic, ['password', 'password_file'], [...path, 'basic']));
  if (bearer !== undefined) conflicts.push(...oneOf(bearer, ['token', 'token_file'], [...path, 'bearer']));
  return conflicts;
}

function pluginConflicts(plugin: Checked<PluginShape>, index: number): Conflict[] {
  return oneOf(plugin, ['path', 'package'], ['plugins', index]);
}

function oneOf<K extends string>(
  mapping: { readonly [key in K]?: unknown },
  [first, second]: readonly [K, K],
  path: Path,
): Conflict[] {
  if ((mapping[first] === undefined) !== (mapping[second] === undefined)) return [];
  const message =
    mapping[first] === undefined ? `needs ${first} or ${second}` : `has ${first} and ${second}; keep one of them`;
  return [told(path, message)];
}

function told(path: Path, message: string): Conflict {
  return { path, message, restsOn: path };
}
