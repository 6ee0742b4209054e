import { build } from './build.mjs';
import { runBin } from './exec.mjs';
import { install } from './install.mjs';

/** Makes the pictures of docs/screenshots anew, or those whose names hold `name`; returns the exit code. */
export async function screenshots([name]) {
  const node = await install('all');
  await build(node, ['server', 'dashboard']);
  const only = name === undefined ? [] : ['-t', name];
  const { code } = await runBin(node, 'vitest', ['run', '--project', 'screenshots', ...only], { stdio: 'inherit' });
  return code;
}
