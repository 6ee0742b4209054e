import { join, resolve } from 'node:path';
import type { AuthEntry, NodeConfig, PluginEntry, SecretSource } from '../settings.types.ts';
import { parseYamlFile } from '../yaml/parse-yaml-file.ts';
import { findNodeConflicts } from './find-node-conflicts.ts';
import { type AuthShape, NodeConfigShape, type PluginShape } from './node-config.shape.ts';

const PLUGIN_MEMORY_MIB = 128;

/**
 * Reads nodeconf.yml. Pure: the directories and files it names are not looked at.
 *
 * @param file how problems name the file
 * @param home the settings' `home`; every path comes out absolute, below it unless it was absolute already
 * @throws ConfigurationError with every problem of the text
 */
export function parseNodeConfig(text: string, file: string, home: string): NodeConfig {
  const directory = join(home, 'config');
  const { networks, auth, plugins } = parseYamlFile(text, file, {
    shape: NodeConfigShape,
    findConflicts: findNodeConflicts,
  });
  return {
    networks: networks.map(network => ({
      directory: join(directory, 'networks', network.directory),
      nodeId: network.node_id,
      configType: 'local',
    })),
    auth: (auth ?? []).map(entry => authOf(entry, directory)),
    plugins: (plugins ?? []).map(entry => pluginOf(entry, directory)),
  };
}

function authOf({ name, basic, bearer, certificate_file, key_file, ca_file }: AuthShape, directory: string): AuthEntry {
  const pathOf = (path: string | undefined): string | null => (path === undefined ? null : resolve(directory, path));
  const secretOf = (text: string | undefined, path: string | undefined): SecretSource =>
    text === undefined ? { file: resolve(directory, path ?? '') } : { text };
  return {
    name,
    basic:
      basic === undefined
        ? null
        : { username: basic.username, password: secretOf(basic.password, basic.password_file) },
    bearer: bearer === undefined ? null : secretOf(bearer.token, bearer.token_file),
    certificateFile: pathOf(certificate_file),
    keyFile: pathOf(key_file),
    caFile: pathOf(ca_file),
  };
}

function pluginOf({ path, package: name, settings, memory_mib }: PluginShape, directory: string): PluginEntry {
  return {
    module: name === undefined ? { path: resolve(directory, path ?? '') } : { package: name },
    directory,
    settings: settings ?? {},
    memoryMiB: memory_mib ?? PLUGIN_MEMORY_MIB,
  };
}
