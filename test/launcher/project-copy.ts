import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROJECT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const COPIED = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'tools'];

/** Stands for the server: says that it runs, counts the signals it gets, and ends some time after the first one. */
const MAIN = `
import { greet } from './greet.ts';
const keepAlive = setInterval(() => {}, 1_000);
let signals = 0;
const stop = (): void => {
  signals += 1;
  if (process.argv.includes('hang') || signals > 1) return;
  setTimeout(() => {
    console.log(JSON.stringify({ signals }));
    clearInterval(keepAlive);
    process.exitCode = 7;
  }, 500);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
console.log(JSON.stringify({ ready: greet(), pid: process.pid, cwd: process.cwd(), major: Number.parseInt(process.versions.node) }));
`;

/** What a command of the launcher did. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/**
 * A small project in a path with blanks: the real launcher and the real packages, but a server and a dashboard of a few
 * lines. Nothing is downloaded.
 */
export class ProjectCopy {
  readonly root = mkdtempSync(join(tmpdir(), 'distomon launcher '));
  readonly #children: ChildProcess[] = [];

  constructor() {
    // Lighthouse, when it is installed, is as large as all the rest.
    const filter = (path: string): boolean => !path.endsWith('/node_modules');
    for (const name of COPIED) cpSync(join(PROJECT, name), join(this.root, name), { recursive: true, filter });
    mkdirSync(join(this.root, 'node_modules'));
    for (const name of readdirSync(join(PROJECT, 'node_modules')).filter(
      entry => !entry.startsWith('.') || entry === '.bin',
    )) {
      symlinkSync(join(PROJECT, 'node_modules', name), join(this.root, 'node_modules', name));
    }
    cpSync(join(PROJECT, 'node_modules', '.package-lock.json'), join(this.root, 'node_modules', '.package-lock.json'));
    this.write('apps/server/src/main.ts', MAIN);
    this.write('apps/server/src/greet.ts', "export const greet = (): string => 'first';\n");
    this.write('apps/dashboard/index.html', '<!doctype html><script type="module" src="/main.ts"></script>\n');
    this.write('apps/dashboard/main.ts', "document.title = 'distomon';\n");
    this.write(
      'apps/dashboard/vite.config.ts',
      "export default { root: import.meta.dirname, build: { outDir: '../../dist/dashboard' } };\n",
    );
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  /** Starts a command of the launcher, or another program, in the project. */
  spawn(args: readonly string[], command = process.execPath, env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn(command, [...args], {
      cwd: this.root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...environment(), ...env },
    });
    this.#children.push(child);
    return child;
  }

  async run(...args: string[]): Promise<Outcome> {
    return await outcomeOf(this.spawn(['tools/run.mjs', ...args]));
  }

  remove(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** Waits for the end of a program and of its output. */
export async function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

/** The first line of JSON that a program prints. */
export async function firstMessage(child: ChildProcess): Promise<Record<string, unknown>> {
  let output = '';
  for await (const text of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) {
    output += String(text);
    const line = /^\{.*\}$/m.exec(output)?.[0];
    if (line !== undefined) return JSON.parse(line) as Record<string, unknown>;
  }
  throw new Error(`no message: ${output}`);
}

/** As in a shell: what vitest and npm put into the environment is not there. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST)/.test(name)));
}
