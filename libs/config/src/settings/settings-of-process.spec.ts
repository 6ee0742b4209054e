import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { nameFrom } from '../validation/text-problems.ts';
import { processLabelFile } from './read-settings.ts';
import { settingsOfProcess } from './settings-of-process.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'distomon-settings-'));
  vi.stubEnv('DISTOMON_HOME', home);
  vi.stubEnv('PROCESS_LABEL', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

it('reads the environment of this process', () => {
  vi.stubEnv('PORT', '4321');
  expect(settingsOfProcess()).toMatchObject({ home, listen: { port: 4321 }, processLabel: nameFrom(hostname()) });
});

it('keeps its label when the host has got another name since the first start', () => {
  writeFileSync(processLabelFile(home), 'former-name\n');
  expect(settingsOfProcess().processLabel).toBe('former-name');
});
