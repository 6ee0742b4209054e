import { execFile } from 'node:child_process';
import { connect } from 'node:net';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program of the host and returns what it printed. Rejects, with what it complained about, when it fails. */
export async function run(program: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await execute(program, args, { timeout: 20_000 });
  return stdout;
}

/** Like {@link run} for what may be gone already: returns an empty text when it fails. */
export async function runIfPossible(program: string, ...args: readonly string[]): Promise<string> {
  return run(program, ...args).catch(() => '');
}

/** Runs one line of arguments after another, such as several `ip` commands. */
export async function runLines(program: string, lines: readonly string[]): Promise<void> {
  for (const line of lines) await run(program, ...line.split(' '));
}

/** A server answers so many requests a minute: who waits long asks every quarter of a second. */
const POLL_MS = { first: 50, last: 250 };

/** Asks until the answer is not null, less often the longer it waits. Rejects, naming what was awaited, when the time is over. */
export async function until<T>(what: string, timeoutMs: number, ask: () => Promise<T | null> | T | null): Promise<T> {
  const startedAt = performance.now();
  const deadline = startedAt + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    const waitedMs = performance.now() - startedAt;
    await new Promise(resolve => setTimeout(resolve, Math.min(POLL_MS.first + waitedMs / 20, POLL_MS.last)));
  }
}

/** Whether somebody accepts connections there, in the form that {@link until} asks for. */
export function accepts(host: string, port: number): Promise<true | null> {
  return new Promise(resolve => {
    const socket = connect({ host, port, timeout: 500 });
    const answer = (value: true | null): void => {
      socket.destroy();
      resolve(value);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(null));
    socket.once('error', () => answer(null));
  });
}
