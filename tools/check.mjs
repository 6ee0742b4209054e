import { join } from 'node:path';
import { capture } from './capture.mjs';
import { runBin } from './exec.mjs';
import { install } from './install.mjs';
import { withProgress } from './progress.mjs';
import { MODULES } from './project.mjs';

/** Each tool with what it holds. `node` runs TypeScript by path: two packages bring a program `tsc`. */
const TOOLS = {
  types: node => capture(node, [join(MODULES, 'ts-native', 'bin', 'tsc'), '-p', 'tsconfig.json']),
  'types of the dashboard': node =>
    capture(node, [join(MODULES, 'ts-native', 'bin', 'tsc'), '-p', 'apps/dashboard/tsconfig.json']),
  'types of browser tests': node =>
    capture(node, [join(MODULES, 'ts-native', 'bin', 'tsc'), '-p', 'test/browser/tsconfig.json']),
  lint: node => runBin(node, 'oxlint', ['--type-aware', '--deny-warnings']),
  format: node => runBin(node, 'oxfmt', ['--check']),
  'dead code': node => runBin(node, 'knip', ['--config', 'tools/knip.jsonc', '--no-config-hints']),
  direction: node => runBin(node, 'vitest', ['run', '--project', 'unit', 'test/architecture']),
};

/** Runs every tool at once; one line each, and all a tool has to say only when it fails. Returns the exit code. */
export async function check() {
  const node = await install('all');
  const startedAt = performance.now();
  const names = Object.keys(TOOLS);
  const results = await withProgress('checking', () => Promise.all(names.map(name => TOOLS[name](node))));
  const failed = names.filter((_, index) => results[index].code !== 0);
  for (const [index, name] of names.entries())
    if (failed.includes(name)) console.log(`\n── ${name} ──\n${results[index].output.trim()}\n`);
  for (const [index, name] of names.entries()) {
    console.log(
      `${failed.includes(name) ? '✗' : '✓'} ${name.padEnd(24)} ${results[index].seconds.toFixed(1).padStart(5)} s`,
    );
  }
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(
    failed.length === 0 ? `All checks passed in ${seconds} s` : `Failed: ${failed.join(', ')} (${seconds} s)`,
  );
  return failed.length === 0 ? 0 : 1;
}
