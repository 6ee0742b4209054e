import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './lock.mjs';
import { findNode } from './node24.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';
import { MODULES, ROOT } from './project.mjs';

const STAMP = join(MODULES, '.install-stamp');
/** npm's own note of what it installed, written when it is done. */
const NOTE = join(MODULES, '.package-lock.json');
const LOCK_FILE = join(ROOT, 'package-lock.json');
const LEVELS = ['runtime', 'all'];

/**
 * Makes sure that the packages of the lock file are installed: `runtime` what running needs, `all` also what developing
 * needs. Returns the path of the Node to go on with. Costs some milliseconds when there is nothing to do.
 */
export async function install(level) {
  const stamp = readStamp();
  if (satisfies(stamp, level)) return stamp.node;
  return await withLock(async share => {
    const meanwhile = readStamp();
    if (satisfies(meanwhile, level)) return meanwhile.node;
    const found = installedLevel();
    if (LEVELS.indexOf(found) < LEVELS.indexOf(level)) await runNpm(level, found, share);
    return writeStamp(LEVELS.indexOf(found) < LEVELS.indexOf(level) ? level : found);
  });
}

async function runNpm(level, found, share) {
  if (found === 'runtime') {
    // Only adds: a server may be running on what is there.
    await withProgress('installing the packages for development', () =>
      npm(['install', '--no-save', '--include=dev', '--include=optional', '--prefer-offline'], share),
    );
    return;
  }
  const label = existsSync(NOTE) ? 'installing packages (they have changed)' : 'installing packages (first start only)';
  // Without them an installation that breaks off cannot be taken for a complete one.
  rmSync(STAMP, { force: true });
  rmSync(NOTE, { force: true });
  const what = level === 'runtime' ? ['--omit=dev', '--include=optional'] : ['--include=dev', '--include=optional'];
  await withProgress(label, () => npm(['ci', ...what], share));
}

/** What node_modules holds by npm's own note, so that packages installed by hand are not installed again. */
function installedLevel() {
  if (!existsSync(NOTE) || !lockFitsManifest()) return null;
  const wanted = Object.entries(readJson(LOCK_FILE).packages).filter(([path]) => path !== '');
  const present = readJson(NOTE).packages;
  const missing = wanted.filter(([path, entry]) => present[path]?.version !== entry.version && isNeeded(entry));
  if (missing.length === 0) return 'all';
  return missing.every(([, entry]) => entry.dev || entry.devOptional) ? 'runtime' : null;
}

/** Of the optional packages only those made for this very platform are needed, such as PostgreSQL and Node. */
function isNeeded({ optional, devOptional, os, cpu, libc }) {
  if (!optional && !devOptional) return true;
  return (
    os !== undefined && cpu !== undefined && libc === undefined && fits(os, process.platform) && fits(cpu, process.arch)
  );
}

function fits(wanted, value) {
  const list = [wanted].flat();
  return list.includes(value) || (list.every(item => item.startsWith('!')) && !list.includes(`!${value}`));
}

function lockFitsManifest() {
  const manifest = readJson(join(ROOT, 'package.json'));
  const locked = readJson(LOCK_FILE).packages[''];
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'];
  return kinds.every(kind => sorted(manifest[kind]) === sorted(locked[kind]));
}

const sorted = entries => JSON.stringify(Object.entries(entries ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)));

function satisfies(stamp, level) {
  return (
    stamp !== null &&
    stamp.key === currentKey() &&
    LEVELS.indexOf(stamp.level) >= LEVELS.indexOf(level) &&
    existsSync(stamp.node)
  );
}

function readStamp() {
  try {
    return readJson(STAMP);
  } catch {
    return null;
  }
}

function writeStamp(level) {
  const node = findNode();
  mkdirSync(MODULES, { recursive: true });
  writeFileSync(STAMP, JSON.stringify({ key: currentKey(), level, node }));
  return node;
}

/** What is installed depends on these. The path is among them because the stamp, too, names a Node by its path. */
function currentKey() {
  const hash = createHash('sha256');
  for (const path of [LOCK_FILE, join(ROOT, 'package.json')]) hash.update(readFileSync(path)).update('\0');
  return hash.update(`${process.platform}-${process.arch} ${ROOT}`).digest('hex');
}

function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}
