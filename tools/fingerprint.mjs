import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './project.mjs';

/** Changes when a file below one of these paths is added, removed or edited; reads no contents, so it takes milliseconds. */
export function fingerprint(paths, isSource = () => true) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap(listFiles).filter(isSource).toSorted()) {
    const { size, mtimeMs } = statSync(join(ROOT, path));
    hash.update(`${path}\0${size}\0${mtimeMs}\0`);
  }
  return hash.digest('hex');
}

/** Files below a path of the project, relative to the project. A path that does not exist has none. */
export function listFiles(path) {
  const stat = statSync(join(ROOT, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [path];
  const entries = readdirSync(join(ROOT, path), { withFileTypes: true }).filter(({ name }) => name !== 'node_modules');
  return entries.flatMap(entry =>
    entry.isDirectory() ? listFiles(`${path}/${entry.name}`) : [`${path}/${entry.name}`],
  );
}

/** A note in a file that something was made from sources with a certain fingerprint. */
export class Stamp {
  #path;

  constructor(path) {
    this.#path = path;
  }

  matches(value) {
    try {
      return readFileSync(this.#path, 'utf8') === value;
    } catch {
      return false;
    }
  }

  /** Before the work that it will stand for, so that work that breaks off is done again. */
  clear() {
    rmSync(this.#path, { force: true });
  }

  write(value) {
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(this.#path, value);
  }
}
