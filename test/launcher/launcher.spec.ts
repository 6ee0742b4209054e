import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstMessage, outcomeOf, ProjectCopy } from './project-copy.ts';

let project: ProjectCopy;

beforeAll(() => {
  project = new ProjectCopy();
});

afterAll(() => project.remove());

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const GONE = { timeout: 10_000 };
/** Stands for npm: installs what is handed to it, as soon as it is. */
const NPM = `#!/bin/sh
echo "$1 $2 $3" >> npm-runs
until [ -f packages.json ]; do sleep 0.05; done
cp packages.json node_modules/.package-lock.json
`;
const built = (path: string): string => join(project.root, 'dist', path);

/** How many processes stand in the newest lock. */
function countHolders(): number {
  const numbers = readdirSync(built('.lock')).map(Number).filter(Number.isInteger);
  const text = readFileSync(built(`.lock/${Math.max(...numbers)}`), 'utf8');
  return text === '' ? 0 : (JSON.parse(text) as unknown[]).length;
}

describe('build', () => {
  test('of two commands at once one builds and the other one waits', async () => {
    const outcomes = await Promise.all([project.run('build'), project.run('build')]);
    expect(outcomes.map(outcome => outcome.code)).toEqual([0, 0]);
    expect(outcomes.filter(outcome => outcome.output.includes('building server and dashboard'))).toHaveLength(1);
    expect(existsSync(built('apps/server/src/main.js'))).toBe(true);
    expect(existsSync(built('dashboard/index.html'))).toBe(true);
  });

  test('does nothing when nothing has changed', async () => {
    expect(await project.run('build')).toEqual({ code: 0, output: '' });
  });

  test('builds again what was edited, and that only', async () => {
    project.write('apps/server/src/greet.ts', "export const greet = (): string => 'edited';\n");
    const { code, output } = await project.run('build');
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining('building server …') });
    expect(readFileSync(built('apps/server/src/greet.js'), 'utf8')).toContain('edited');
  });

  test('removes what was built from a source that is gone', async () => {
    project.write('libs/old/src/gone.ts', 'export const gone = 1;\n');
    await project.run('build');
    expect(existsSync(built('libs/old/src/gone.js'))).toBe(true);
    rmSync(join(project.root, 'libs/old'), { recursive: true });
    await project.run('build');
    expect(existsSync(built('libs/old/src/gone.js'))).toBe(false);
  });

  test('fails with what the compiler says, and tries again the next time', async () => {
    project.write('apps/server/src/broken.ts', 'export const = 1;\n');
    const broken = await project.run('build');
    expect(broken).toMatchObject({ code: 1, output: expect.stringContaining('broken.ts') });
    expect(broken.output).toContain('Building the server failed.');
    rmSync(join(project.root, 'apps/server/src/broken.ts'));
    expect(await project.run('build')).toMatchObject({ code: 0 });
  });

  test('takes over the lock of a command that was killed', async () => {
    mkdirSync(built('.lock'), { recursive: true });
    writeFileSync(built('.lock/3'), JSON.stringify([{ pid: process.pid, startedAt: 'long ago' }]));
    project.write('apps/server/src/greet.ts', "export const greet = (): string => 'after the lock';\n");
    const { code, output } = await project.run('build');
    expect(code).toBe(0);
    expect(output).not.toContain('waiting');
    expect(existsSync(built('.lock/3'))).toBe(false);
  });

  test('never takes the number of a lock again, for somebody may just be about to create it', async () => {
    const numbers: number[] = [];
    for (const text of ['first', 'second']) {
      project.write('apps/server/src/greet.ts', `export const greet = (): string => '${text} lock';\n`);
      expect(await project.run('build')).toMatchObject({ code: 0 });
      numbers.push(...readdirSync(built('.lock')).map(Number));
    }
    const [before = 0] = numbers;
    expect(before).toBeGreaterThan(0);
    expect(numbers).toEqual([before, before + 1]);
  });
});

describe('install', () => {
  test('of a launcher that was killed goes on, and the next one waits for it instead of running npm twice', async () => {
    project.write('bin/npm', NPM);
    chmodSync(join(project.root, 'bin/npm'), 0o755);
    const note = join(project.root, 'node_modules/.package-lock.json');
    const packages = readFileSync(note, 'utf8');
    rmSync(join(project.root, 'node_modules/.install-stamp'), { force: true });
    rmSync(note);
    const runs = (): string[] => readFileSync(join(project.root, 'npm-runs'), 'utf8').trim().split('\n');
    const path = `${join(project.root, 'bin')}:${process.env['PATH']}`;

    const killed = project.spawn(['tools/run.mjs', 'build'], process.execPath, { PATH: path });
    await expect.poll(() => existsSync(join(project.root, 'npm-runs')) && countHolders(), GONE).toBe(2);
    killed.kill('SIGKILL');
    const next = project.spawn(['tools/run.mjs', 'build'], process.execPath, { PATH: path });
    let said = '';
    next.stderr?.on('data', data => (said += String(data)));
    const ended = outcomeOf(next);
    await expect.poll(() => said, GONE).toMatch(/waiting for another distomon command|installing packages/);
    project.write('packages.json', packages);
    expect((await ended).code).toBe(0);
    expect(said).not.toContain('installing packages');
    expect(runs()).toEqual(['ci --omit=dev --include=optional']);
  });
});

describe('start', () => {
  test('runs the server with Node 24 in the project, passes one signal on, and ends with its exit code', async () => {
    const child = project.spawn(['tools/run.mjs', 'start']);
    const ready = await firstMessage(child);
    expect(ready).toMatchObject({ cwd: project.root, major: 24 });
    const ended = outcomeOf(child);
    for (let i = 0; i < 3; i += 1) child.kill('SIGINT');
    child.kill('SIGTERM');
    const { code, output } = await ended;
    expect(JSON.parse(output.trim())).toEqual({ signals: 1 });
    expect(code).toBe(7);
  });

  test('a server that does not end is killed after five seconds', async () => {
    const child = project.spawn(['tools/run.mjs', 'start', 'hang']);
    const { pid } = await firstMessage(child);
    const ended = outcomeOf(child);
    const startedAt = performance.now();
    child.kill('SIGTERM');
    expect((await ended).code).toBe(137);
    expect(performance.now() - startedAt).toBeGreaterThan(4_900);
    expect(isAlive(Number(pid))).toBe(false);
  });

  test('the server ends by itself when its launcher is killed', async () => {
    const child = project.spawn(['tools/run.mjs', 'start']);
    const { pid } = await firstMessage(child);
    child.kill('SIGKILL');
    await expect.poll(() => isAlive(Number(pid)), GONE).toBe(false);
  });

  test('SIGTERM to npm leaves nothing behind', async () => {
    const child = project.spawn(['start'], 'npm');
    const { pid } = await firstMessage(child);
    expect(isAlive(Number(pid))).toBe(true);
    child.kill('SIGTERM');
    await expect.poll(() => isAlive(Number(pid)), GONE).toBe(false);
  });
});

test.each([
  { args: ['dance'], says: 'Usage: node tools/run.mjs start|test|check' },
  {
    args: ['test', 'speed'],
    says: 'There is no test stage speed. Stages: unit, integration, e2e, browser, image, lab, crash, lab-window',
  },
  { args: ['bench'], says: 'Which benchmark? Usage: npm run bench -- NAME [--json]' },
  { args: ['exec', 'no-such-program'], says: 'No installed package has a program no-such-program.' },
])('$args is refused and says what is possible', async ({ args, says }) => {
  const { code, output } = await project.run(...args);
  expect(code).toBe(1);
  expect(output).toContain(says);
});
