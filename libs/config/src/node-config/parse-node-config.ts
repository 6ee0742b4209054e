import { join } from 'node:path';
import type { NodeConfig } from '../settings.types.ts';
import { findDuplicates } from '../validation/find-duplicates.ts';
import { parseYamlFile } from '../yaml/parse-yaml-file.ts';
import { NodeConfigShape } from './node-config.shape.ts';

/**
 * Reads nodeconf.yml. Pure: the directories it names are not looked at.
 *
 * @param file how problems name the file
 * @param home the settings' `home`; the networks' directories come out as absolute paths below it
 * @throws ConfigurationError with every problem of the text
 */
export function parseNodeConfig(text: string, file: string, home: string): NodeConfig {
  const { networks } = parseYamlFile(text, file, {
    shape: NodeConfigShape,
    findConflicts: config => findDuplicates('networks', config.networks, 'directory'),
  });
  return {
    networks: networks.map(({ directory, node_id }) => ({
      directory: join(home, 'config', 'networks', directory),
      nodeId: node_id,
      configType: 'local',
    })),
  };
}
