import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { waitFor } from '../../support/services.ts';
import { Watcher } from './watcher.ts';
import { Workshop } from './workshop.ts';

const MIB = 1024 * 1024;
const CHECKS = 60;

let workshop: Workshop;
let watcher: Watcher;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterEach(() => watcher?.kill());
afterAll(() => workshop?.close());

const GREEDY: readonly { readonly what: string; readonly check: string }[] = [
  { what: 'results of 10 MB', check: "return { ok: true, detail: 'x'.repeat(1e7) };" },
  { what: 'errors of 10 MB', check: "throw new Error('x'.repeat(1e7));" },
  {
    what: '2 MB of lines with each check',
    check: "for (let i = 0; i < 200; i++) setTimeout(() => console.log('x'.repeat(1e4))); return { ok: true };",
  },
  { what: 'a line of 10 MB with each check', check: "process.stdout.write('x'.repeat(1e7)); return { ok: true };" },
  { what: 'results of 60 KB', check: "return { ok: true, detail: 'x'.repeat(6e4) };" },
];

test.each(GREEDY)(
  'the server does not grow with a plugin that gives $what',
  { timeout: 120_000 },
  async ({ check }) => {
    const entry = await workshop.module(
      `export default { kind: 'thing', async check() { await new Promise(setImmediate); ${check} } };`,
      { memoryMiB: 512 },
    );
    watcher = new Watcher();
    watcher.check({ entry, parameters: {}, checks: CHECKS, timeoutMs: 20_000 });
    await waitFor(() => watcher.seen.length === CHECKS || !watcher.isRunning, { timeoutMs: 100_000 });
    expect(watcher.seen).toHaveLength(CHECKS);
    const first = watcher.seen[0]?.rssBytes ?? 0;
    const growth = Math.max(...watcher.seen.map(({ rssBytes }) => rssBytes)) - first;
    console.info(`${Math.round(growth / MIB)} MiB above ${Math.round(first / MIB)} MiB`);
    expect(growth / MIB).toBeLessThan(32);
  },
);
