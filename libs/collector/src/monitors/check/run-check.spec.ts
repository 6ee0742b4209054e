import { expect, test, vi } from 'vitest';
import { fine } from './finding.ts';
import { runCheck } from './run-check.ts';

const never = new AbortController().signal;
const forEver = new Promise<never>(() => undefined);

test('a check that has found something says so, and what it opened is closed', async () => {
  const close = vi.fn<() => void>();
  const result = await runCheck({ timeoutMs: 1_000, signal: never }, async attempt => {
    attempt.whenOver(close);
    return fine('well', { status: 200 });
  });
  expect(result).toMatchObject({ reason: null, detail: 'well', measures: { status: 200 }, values: null, facts: null });
  expect(result.latencyMs).toBeGreaterThanOrEqual(0);
  expect(close).toHaveBeenCalledOnce();
});

test('a check that never ends is over when its time is up, with what it was waiting for', async () => {
  const close = vi.fn<() => void>();
  const result = await runCheck({ timeoutMs: 20, signal: never }, attempt => {
    attempt.whenOver(close);
    attempt.ifLate('dns', 'The name was not found');
    return forEver;
  });
  expect(result).toMatchObject({ reason: 'dns', detail: 'The name was not found within 20 ms.' });
  expect(close).toHaveBeenCalledOnce();
});

test('what is opened after the end is closed at once', async () => {
  const close = vi.fn<() => void>();
  let openLate = (): void => undefined;
  await runCheck({ timeoutMs: 1_000, signal: never }, async attempt => {
    openLate = () => attempt.whenOver(close);
    return fine('well');
  });
  openLate();
  expect(close).toHaveBeenCalledOnce();
});

test.each(['before', 'while'])('a process that shuts down %s a check says nothing about the machine', async when => {
  const shutDown = new AbortController();
  if (when === 'before') shutDown.abort();
  const check = runCheck({ timeoutMs: 60_000, signal: shutDown.signal }, () => forEver);
  shutDown.abort();
  expect(await check).toMatchObject({ reason: 'unobserved', latencyMs: null, measures: null });
});

test('a detail is short and fit to be stored', async () => {
  const result = await runCheck({ timeoutMs: 1_000, signal: never }, async () => fine(`a\u0000${'b'.repeat(1_000)}`));
  expect(result.detail).toMatch(/^ab+$/);
  expect(result.detail?.length).toBeLessThanOrEqual(400);
});
