import { bench } from './bench.mjs';
import { build } from './build.mjs';
import { endOnSignals } from './capture.mjs';
import { check } from './check.mjs';
import { exec } from './exec.mjs';
import { Failure } from './failure.mjs';
import { install } from './install.mjs';
import { screenshots } from './screenshots.mjs';
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
  screenshots,
  build: async () => {
    await build(await install('runtime'), ['server', 'dashboard']);
    return 0;
  },
};

const PARENT = process.ppid;
const PARENT_POLL_MS = 250;

/**
 * npm hands SIGTERM to the shell between it and us, and the shell dies without passing it on. What npm started ends
 * with npm; what was started by hand may outlive its shell.
 */
function endWithNpm() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === PARENT) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_POLL_MS).unref();
}

async function main() {
  const [name, ...args] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
  if (command === undefined) throw new Failure(`Usage: node tools/run.mjs ${Object.keys(COMMANDS).join('|')}`);
  endOnSignals();
  endWithNpm();
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
