import { spawn } from 'node:child_process';
import { ROOT } from './project.mjs';

/** Programs under way, so that a signal to this process ends them, too. */
const running = new Set();

/**
 * Runs a program to its end. Its output is kept unless `stdio` says otherwise; stdout and stderr in one text. `onStart`
 * is given the child process.
 */
export function capture(command, args, { onStart, ...options } = {}) {
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
  running.add(child);
  onStart?.(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', text => (output += text));
  return new Promise(resolve => {
    const end = code => {
      running.delete(child);
      resolve({ code, output, seconds: (performance.now() - startedAt) / 1000 });
    };
    child.once('error', error => {
      output += `${command}: ${error.message}\n`;
      end(127);
    });
    child.once('close', (code, signal) => end(code ?? signalExitCode(signal)));
  });
}

/** As a shell reports it. */
export function signalExitCode(signal) {
  return signal === 'SIGINT' ? 130 : signal === 'SIGKILL' ? 137 : 143;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function endAll(signal) {
  for (const child of running) child.kill('SIGTERM');
  process.exit(signalExitCode(signal));
}

/** From now on a signal to this process ends what is under way and then this process. */
export function endOnSignals() {
  for (const signal of SIGNALS) process.on(signal, endAll);
}

/** Undoes {@link endOnSignals}, for a command that treats signals otherwise. */
export function releaseSignals() {
  for (const signal of SIGNALS) process.off(signal, endAll);
}
