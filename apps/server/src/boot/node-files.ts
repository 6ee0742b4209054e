import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ConfigurationError,
  defaultNetworkText,
  defaultNodeConfigText,
  parseNetworkFile,
  parseNodeConfig,
  processLabelFile,
  readAccess,
  type Access,
  type MonitorKind,
  type NetworkFile,
  type NodeConfig,
  type Problem,
  type Settings,
} from '#config';
import type { PluginDescription } from '#collector';

/** A network of this node whose file has been read and found right. */
export interface LoadedNetwork {
  readonly path: string;
  readonly file: NetworkFile;
  /** This node's name in it. */
  readonly nodeId: string;
  /** Where it is changed: here, or in its repository. */
  readonly type: NodeConfig['networks'][number]['configType'];
}

/** Everything that the node's files say. */
export interface NodeFiles {
  readonly node: NodeConfig;
  readonly networks: readonly LoadedNetwork[];
  /** The kinds of monitor that network files may name. */
  readonly kinds: readonly MonitorKind[];
  readonly access: readonly Access[];
  readonly plugins: readonly PluginDescription[];
}

/** Where the node's configuration is. */
function nodeConfigPath(settings: Settings): string {
  return join(settings.home, 'config', settings.configFileName);
}

/** Whether this is the first start: there is no configuration yet. */
export async function isFirstStart(settings: Settings): Promise<boolean> {
  return access(nodeConfigPath(settings)).then(
    () => false,
    (error: unknown) => hasCode(error, 'ENOENT'),
  );
}

/**
 * Writes the configuration of a first start: the network `local` with this machine, and the label of this process,
 * so that the machine is still its own when the host gets another name.
 */
export async function writeFirstFiles(
  settings: Settings,
  machine: { readonly name: string; readonly agent: string | null; readonly at: Date },
): Promise<void> {
  const directory = join(settings.home, 'config', 'networks', 'local');
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const text = defaultNetworkText({
    machineName: machine.name,
    via: settings.processLabel,
    agent: machine.agent,
    issuedAt: machine.at,
  });
  await writeFile(join(directory, 'network.yml'), text, { flag: 'wx' }).catch(ignoreExisting);
  const label = `${settings.processLabel}\n`;
  await writeFile(processLabelFile(settings.home), label, { flag: 'wx' }).catch(ignoreExisting);
  await writeFile(nodeConfigPath(settings), defaultNodeConfigText(), { flag: 'wx' }).catch(ignoreExisting);
}

/**
 * Reads nodeconf.yml, looks at every plugin and reads every network file that it names.
 *
 * @throws ConfigurationError with every problem of nodeconf.yml, whose plugins decide what a network file may say; if it
 *   has none, with those of all network files
 */
export async function loadNodeFiles(settings: Settings): Promise<NodeFiles> {
  const { BUILT_IN_KINDS, kindOf, loadPlugins } = await import('#collector');
  const path = nodeConfigPath(settings);
  const node = parseNodeConfig(await readText(path), path, settings.home);
  const [access, plugins] = await both(
    readAccess(node.auth, path, file => readFile(file, 'utf8')),
    loadPlugins(node.plugins, path),
  );
  const kinds = [...BUILT_IN_KINDS, ...plugins.map(kindOf)];
  const problems: Problem[] = [];
  const networks: LoadedNetwork[] = [];
  for (const { directory, nodeId, configType } of node.networks) {
    const networkPath = join(directory, 'network.yml');
    try {
      const file = parseNetworkFile(await readText(networkPath), networkPath, kinds);
      networks.push({ path: networkPath, file, nodeId, type: configType });
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems.push(...error.problems);
    }
  }
  problems.push(...twiceUsed(networks));
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { node, networks, kinds, access, plugins };
}

/** What both give, or everything that is wrong with both. */
async function both<A, B>(first: Promise<A>, second: Promise<B>): Promise<[A, B]> {
  const settled = await Promise.allSettled([first, second]);
  const problems = settled.flatMap((result): readonly Problem[] =>
    result.status === 'rejected' && result.reason instanceof ConfigurationError ? result.reason.problems : [],
  );
  if (problems.length > 0) throw new ConfigurationError(problems);
  return Promise.all([first, second]);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigurationError([{ source: path, line: null, path: '', message: `cannot be read: ${why}` }]);
  }
}

function twiceUsed(networks: readonly LoadedNetwork[]): Problem[] {
  const seen = new Set<string>();
  return networks.flatMap(({ path, file }) => {
    if (!seen.has(file.networkId)) {
      seen.add(file.networkId);
      return [];
    }
    return [
      { source: path, line: null, path: 'network_id', message: `the network "${file.networkId}" is named twice` },
    ];
  });
}

function ignoreExisting(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
