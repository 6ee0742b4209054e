import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { waitFor } from '../../support/services.ts';
import { runningOf } from './processes.ts';
import { Watcher } from './watcher.ts';
import { Workshop } from './workshop.ts';

let workshop: Workshop;
let watcher: Watcher;
beforeAll(async () => {
  workshop = await Workshop.open();
});
afterEach(() => watcher?.kill());
afterAll(() => workshop?.close());

const WAYS: readonly { readonly doing: string; readonly check: string }[] = [
  { doing: 'is idle', check: 'return { ok: true };' },
  { doing: 'waits for an answer', check: 'return new Promise(() => {});' },
  { doing: 'is in an endless loop', check: 'for (;;);' },
  { doing: 'is in a loop that writes', check: "for (;;) console.log('x');" },
  {
    doing: 'does not hear that it should end',
    check: "process.exit = () => {}; process.on('disconnect', () => {}); return { ok: true };",
  },
];

describe('when the server is killed with -9, nothing is left of a plugin', () => {
  test.each(WAYS)('that $doing', async ({ check }) => {
    const entry = await workshop.module(`export default { kind: 'thing', check() {
      console.log('pid ' + process.pid);
      ${check}
    } };`);
    watcher = new Watcher();
    watcher.check({ entry, parameters: {}, checks: 1, timeoutMs: 60_000 });
    const pid = (): number => Number(watcher.log.map(line => /^pid (\d+)$/.exec(line)?.[1]).find(Boolean) ?? 0);
    await waitFor(() => pid() > 0, { timeoutMs: 30_000 });
    expect(runningOf(pid())).toHaveLength(2); // with its guard
    await watcher.kill();
    await waitFor(() => runningOf(pid()).length === 0);
  });
});
