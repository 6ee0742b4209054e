import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { capture } from './capture.mjs';
import { Failure } from './failure.mjs';
import { fingerprint, listFiles, Stamp } from './fingerprint.mjs';
import { withLock } from './lock.mjs';
import { withNodeInPath } from './node24.mjs';
import { withProgress } from './progress.mjs';
import { DIST, MODULES, ROOT } from './project.mjs';

const TSC = join(MODULES, 'ts-native', 'bin', 'tsc');
const VITE = join(MODULES, 'vite', 'bin', 'vite.js');
const SHARED = ['package.json', 'package-lock.json', 'tsconfig.json'];
const isShipped = path => !path.endsWith('.spec.ts');

/** What can be built: from which sources, by which program, and the file without which it certainly is not there. */
const TARGETS = {
  server: {
    sources: [...SHARED, 'tsconfig.build.json', 'apps/server/src', 'libs'],
    args: [TSC, '-p', 'tsconfig.build.json', '--noCheck'],
    output: 'apps/server/src/main.js',
    compiled: ['apps/server', 'libs'],
  },
  dashboard: {
    sources: [...SHARED, 'apps/dashboard'],
    args: [VITE, 'build', 'apps/dashboard', '--logLevel', 'warn'],
    output: 'dashboard/index.html',
    compiled: [],
  },
  bench: {
    sources: [
      ...SHARED,
      'tsconfig.build.json',
      'tools/tsconfig.bench.json',
      'apps/server/src',
      'libs',
      'bench',
      'test/support',
      'test/e2e',
      'test/browser/support/chromium.ts',
    ],
    args: [TSC, '-p', 'tools/tsconfig.bench.json', '--noCheck'],
    output: 'bench',
    compiled: ['bench'],
  },
};

/** Builds those of the targets whose sources have changed. */
export async function build(node, names) {
  if (staleAmong(names).length === 0) return;
  await withLock(async share => {
    const stale = staleAmong(names);
    if (stale.length === 0) return;
    await withProgress(`building ${stale.join(' and ')}`, () =>
      Promise.all(stale.map(name => make(node, name, share))),
    );
  });
}

const stampOf = name => new Stamp(join(DIST, `.stamp-${name}`));
const fingerprintOf = name => fingerprint(TARGETS[name].sources, isShipped);

function staleAmong(names) {
  return names.filter(
    name => !existsSync(join(DIST, TARGETS[name].output)) || !stampOf(name).matches(fingerprintOf(name)),
  );
}

async function make(node, name, share) {
  const { args, compiled } = TARGETS[name];
  // Taken before: what is edited while it is built is built again.
  const value = fingerprintOf(name);
  stampOf(name).clear();
  // Vite's plugins look at NODE_ENV, and a setting of the shell must not put a development build into production.
  const env = { ...withNodeInPath(node), NODE_ENV: 'production' };
  const { code, output } = await capture(node, args, { env, onStart: share });
  if (code !== 0) throw new Failure(`${output.trim()}\n\nBuilding the ${name} failed.`);
  for (const directory of compiled) removeOrphans(directory);
  stampOf(name).write(value);
}

/** Removes what was compiled from sources that are gone: a leftover module would still be importable. */
function removeOrphans(directory) {
  for (const path of listFiles(`dist/${directory}`)) {
    const source = path.slice('dist/'.length).replace(/\.js(\.map)?$/, '.ts');
    if (!existsSync(join(ROOT, source))) rmSync(join(ROOT, path));
  }
}
