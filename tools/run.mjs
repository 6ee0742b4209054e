import { bench } from './bench.mjs';
import { build } from './build.mjs';
import { endOnSignals } from './capture.mjs';
import { check } from './check.mjs';
import { exec } from './exec.mjs';
import { Failure } from './failure.mjs';
import { install } from './install.mjs';
import { start } from './start.mjs';
import { test } from './test.mjs';

/**
 * The launcher: what `npm start`, `npm test` and the others run. Plain JavaScript without dependencies, because it has
 * to work before anything is installed, on any Node from 20 on.
 */
const COMMANDS = {
  start,
  test,
  check,
  exec,
  bench,
  build: async () => {
    await build(await install('runtime'), ['server', 'dashboard']);
    return 0;
  },
};

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Failure(`Usage: node tools/run.mjs ${Object.keys(COMMANDS).join('|')}`);
  endOnSignals();
  return await command(args);
}

try {
  process.exitCode = await main();
} catch (error) {
  if (error instanceof Failure) console.error(`\ndistomon: ${error.message}`);
  else if (['EACCES', 'EPERM', 'EROFS'].includes(error.code)) {
    console.error(
      `\ndistomon: ${error.message}\nThis user may not write to the project. Run the command as the user who owns it.`,
    );
  } else console.error(error);
  process.exitCode = 1;
}
