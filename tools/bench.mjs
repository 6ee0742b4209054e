import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { capture } from './capture.mjs';
import { Failure } from './failure.mjs';
import { install } from './install.mjs';
import { withLock } from './lock.mjs';
import { withNodeInPath } from './node24.mjs';
import { npm } from './npm.mjs';
import { withProgress } from './progress.mjs';
import { DIST, ROOT } from './project.mjs';

/** Runs one benchmark of bench/; its arguments are passed on. Returns its exit code. */
export async function bench([name, ...args]) {
  const names = benchmarks();
  if (!names.includes(name)) {
    const problem = name === undefined ? 'Which benchmark?' : `There is no benchmark ${name}.`;
    throw new Failure(`${problem} Usage: npm run bench -- NAME [--json]\nNAME: ${names.join(', ') || '(none yet)'}`);
  }
  const node = await install('all');
  await installOwn(name);
  // Compiled, because Node itself does not understand the decorators of the sources.
  await build(node, ['server', 'dashboard', 'bench']);
  const { code } = await capture(node, [join(DIST, 'bench', `${name}.js`), ...args], {
    env: withNodeInPath(node),
    stdio: 'inherit',
  });
  return code;
}

/** Installs what a benchmark alone needs, when it has a package of its own in tools/. */
async function installOwn(name) {
  const directory = join(ROOT, 'tools', name);
  const [lock, note] = [join(directory, 'package-lock.json'), join(directory, 'node_modules', '.package-lock.json')];
  if (!existsSync(lock) || (existsSync(note) && statSync(note).mtimeMs >= statSync(lock).mtimeMs)) return;
  await withLock(share => withProgress(`installing ${name}`, () => npm(['ci', '--prefix', directory], share)));
}

function benchmarks() {
  const directory = join(ROOT, 'bench');
  const files = existsSync(directory) ? readdirSync(directory) : [];
  return files.filter(file => /^[\w-]+\.ts$/.test(file)).map(file => file.slice(0, -'.ts'.length));
}
