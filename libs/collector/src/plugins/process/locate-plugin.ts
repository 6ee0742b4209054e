import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PluginEntry } from '#config';
import type { PluginModule } from '../host/channel.ts';

/** Where a plugin is, and the directories (with a slash at the end) and files that it may read: its own. */
export interface PluginPlace {
  readonly module: PluginModule;
  readonly readable: readonly string[];
}

/** A package's name (npm: package.json, "name"), and what may follow it. */
const PACKAGE = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(?:\/.*)?$/;

/** Finds a plugin. A text says why there is none. */
export function locatePlugin({ module, directory }: PluginEntry): PluginPlace | string {
  try {
    return withoutPattern(
      'path' in module ? locateFile(module.path, directory) : locatePackage(module.package, directory),
    );
  } catch (error) {
    return error instanceof Error ? error.message : 'its place cannot be read';
  }
}

function withoutPattern(place: PluginPlace | string): PluginPlace | string {
  // Node ends such a path at the `*` and would let the plugin read everything that begins so.
  const odd = typeof place === 'string' ? undefined : place.readable.find(path => path.includes('*'));
  return odd === undefined ? place : `${odd} has a "*" in its name; move it to a directory without`;
}

function locateFile(path: string, directory: string): PluginPlace | string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return `there is no file ${path}`;
  if (!found.isFile()) return `${path} is no file; name the module in it, such as ${join(path, 'index.mjs')}`;
  const real = realpathSync(path);
  return { module: { path: real }, readable: [...new Set([path, real])].map(file => ownPart(file, directory)) };
}

/** A plugin that lies where nodeconf.yml or a directory above it is has no directory of its own. */
function ownPart(file: string, configDirectory: string): string {
  const own = join(dirname(file), '/');
  const holdsConfig = [configDirectory, realpathOf(configDirectory)].some(path => join(path, '/').startsWith(own));
  return holdsConfig ? file : own;
}

function locatePackage(specifier: string, directory: string): PluginPlace | string {
  const name = PACKAGE.exec(specifier)?.[1];
  if (name === undefined) return `"${specifier}" is no name of a package; a file is named by path`;
  for (let from = directory; ; from = dirname(from)) {
    const modules = join(from, 'node_modules', '/');
    const found = join(modules, name, '/');
    if (existsSync(join(found, 'package.json')))
      return { module: { package: specifier, directory }, readable: readableOf(modules, found) };
    if (dirname(from) === from)
      return `there is no package ${name}: install it with npm install ${name} in ${directory}`;
  }
}

/** With the packages that it needs, which lie beside it; what is linked into node_modules lies somewhere else. */
function readableOf(modules: string, found: string): string[] {
  return [...new Set([modules, join(realpathOf(modules), '/'), join(realpathOf(found), '/')])];
}

function realpathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
