import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Monitor } from '#collector';
import { waitFor } from '../../support/services.ts';
import { runningOf } from './processes.ts';
import { probe, Workshop } from './workshop.ts';

let workshop: Workshop;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterAll(() => workshop?.close());

/** Tells its process, or ends it. */
const MORTAL = `export default {
  kind: 'thing',
  parameters: { end: { type: 'boolean' }, wait: { type: 'boolean' } },
  check({ parameters }) {
    if (parameters.end) process.exit(3);
    return parameters.wait ? new Promise(() => {}) : { ok: true, measures: { pid: process.pid } };
  },
};`;

async function pidOf(monitor: Monitor): Promise<number> {
  return (await probe(monitor)).measures?.['pid'] ?? 0;
}

describe('the process of a plugin', () => {
  test('starts with the first check and ends when the monitor is closed', async () => {
    const monitor = await workshop.monitor(await workshop.module(MORTAL));
    const pid = await pidOf(monitor);
    expect(runningOf(pid)).toContain(pid);
    const open = probe(monitor, { wait: true }, { timeoutMs: 60_000 });
    await monitor.close();
    expect(await open).toMatchObject({ reason: 'unobserved', detail: 'the plugin thing: distomon is stopping' });
    await waitFor(() => runningOf(pid).length === 0);
    expect(await probe(monitor)).toMatchObject({
      reason: 'unobserved',
      detail: 'the plugin thing: distomon is stopping',
    });
  });

  test('takes the checks with it that it had when it ends, and is started again after a pause that grows', async () => {
    const monitor = await workshop.monitor(await workshop.module(MORTAL));
    const first = await pidOf(monitor);
    const open = probe(monitor, { wait: true }, { timeoutMs: 60_000 });
    const why = 'the plugin thing: its process ended by itself, with exit code 3';
    expect(await probe(monitor, { end: true })).toMatchObject({ reason: 'unobserved', detail: why });
    expect(await open).toMatchObject({ reason: 'unobserved', detail: why });
    expect(await probe(monitor)).toMatchObject({ detail: `${why}; it is started again in 1 s` });
    await waitFor(async () => (await probe(monitor)).reason === null);
    expect(await pidOf(monitor)).not.toBe(first);
    await probe(monitor, { end: true });
    expect((await probe(monitor)).detail).toBe(`${why}; it is started again in 2 s`);
    const ends = workshop.log.lines.filter(({ message }) => message === 'the process of a plugin ended');
    expect(ends.slice(-2).map(({ facts }) => facts)).toEqual([
      { plugin: 'thing', why: why.slice('the plugin thing: '.length), failures: 1, pauseMs: 1_000 },
      { plugin: 'thing', why: why.slice('the plugin thing: '.length), failures: 2, pauseMs: 2_000 },
    ]);
  });

  test('is not asked when its file has been changed: network files were checked against the old one', async () => {
    const entry = await workshop.module(MORTAL);
    const monitor = await workshop.monitor(entry);
    if ('path' in entry.module)
      await writeFile(entry.module.path, MORTAL.replace("'thing',", "'thing', needs: 'address',"));
    const detail =
      'the plugin thing: it declares something else than when distomon started; restart distomon to take it over';
    expect(await probe(monitor)).toMatchObject({ reason: 'unobserved', detail });
  });

  test('may lose its file: that is told, and nobody is accused', async () => {
    const entry = await workshop.module(MORTAL);
    const monitor = await workshop.monitor(entry);
    if ('path' in entry.module) await writeFile(entry.module.path, 'export default {');
    expect(await probe(monitor)).toMatchObject({
      reason: 'unobserved',
      detail: 'the plugin thing: it cannot be loaded: SyntaxError: Unexpected end of input',
    });
  });

  test('is the first one that Linux ends when memory is short', async () => {
    const monitor = await workshop.monitor(await workshop.module(MORTAL));
    const pid = await pidOf(monitor);
    expect(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8')).toBe('1000\n');
  });
});

describe('what a plugin writes', () => {
  test('comes into our log line by line, with its name', async () => {
    const source = `console.log('at its start');
      export default { kind: 'talker', check() {
        process.stdout.write('half a ');
        process.stdout.write('line\\n\\u001b[31mred\\n');
        console.error('x'.repeat(700));
        return { ok: true };
      } };`;
    const monitor = await workshop.monitor(await workshop.module(source));
    await probe(monitor);
    const lines = () => workshop.log.lines.filter(({ facts }) => 'plugin' in facts && facts.plugin === 'talker');
    await waitFor(() => lines().length === 4);
    expect(lines()).toEqual(
      expect.arrayContaining([
        { level: 'info', facts: { plugin: 'talker', stream: 'stdout' }, message: 'at its start' },
        { level: 'info', facts: { plugin: 'talker', stream: 'stdout' }, message: 'half a line' },
        { level: 'info', facts: { plugin: 'talker', stream: 'stdout' }, message: '[31mred' },
        { level: 'info', facts: { plugin: 'talker', stream: 'stderr' }, message: `${'x'.repeat(500)}…` },
      ]),
    );
  });

  test('is cut off when it is too much, and the plugin goes on', async () => {
    const source = `export default { kind: 'flood', check() {
        for (let i = 0; i < 200; i++) console.log('y'.repeat(1e4));
        return { ok: true, measures: { pid: process.pid } };
      } };`;
    const monitor = await workshop.monitor(await workshop.module(source));
    const pid = await pidOf(monitor);
    for (let round = 0; round < 20; round += 1) expect(await pidOf(monitor)).toBe(pid);
    const lines = (): string[] =>
      workshop.log.lines.flatMap(({ facts, message }) =>
        'stream' in facts && message.startsWith('y') ? [message] : [],
      );
    await waitFor(() => lines().length >= 50);
    await monitor.close(); // everything that it wrote has been read by then
    expect(lines().length).toBeLessThanOrEqual(200); // 50 in 10 s
    expect(new Set(lines().map(line => line.length))).toEqual(new Set([501]));
  });
});
