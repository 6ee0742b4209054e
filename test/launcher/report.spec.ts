import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
// @ts-expect-error -- the tools run before anything is installed and built, so they are plain JavaScript
import { readResult as untyped } from '../../tools/report.mjs';
import { projectOf } from '../support/project-root.ts';

const readResult = untyped as (path: string, code: number) => unknown;
const directory = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(directory, { recursive: true }));

const path = join(directory, 'report.json');
const FILE = join(projectOf(import.meta.dirname), 'test/a.spec.ts');
const counted = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, testResults: [] };
const [red, plain] = ['\u001b[31m', '\u001b[39m'];
const failedTest = {
  status: 'failed',
  fullName: 'a machine is up',
  failureMessages: [
    `${red}expected 1${plain}\n\n  to be 2\n  at a.ts:1\n  at b.ts:1\n  at c.ts:1\n  at d.ts:1\n  at e.ts:1`,
  ],
};

test.each([
  ['all is well', counted, 0, { passed: 3, failed: 0, skipped: 1, why: '', failures: [] }],
  [
    'a test failed',
    {
      ...counted,
      numFailedTests: 1,
      testResults: [
        { name: FILE, status: 'failed', message: '', assertionResults: [{ status: 'passed' }, failedTest] },
      ],
    },
    1,
    {
      passed: 3,
      failed: 1,
      skipped: 1,
      why: '',
      failures: [
        'test/a.spec.ts > a machine is up\n    expected 1\n      to be 2\n      at a.ts:1\n      at b.ts:1\n      at c.ts:1\n      at d.ts:1',
      ],
    },
  ],
  [
    'a file failed before its first test',
    { ...counted, testResults: [{ name: FILE, status: 'failed', message: 'no such import', assertionResults: [] }] },
    1,
    { passed: 3, failed: 1, skipped: 1, why: 'vitest ended with 1', failures: ['test/a.spec.ts\n    no such import'] },
  ],
  [
    'no test ran',
    { ...counted, numPassedTests: 0 },
    0,
    { passed: 0, failed: 1, skipped: 1, why: 'no test ran', failures: [] },
  ],
])('%s', (_, report, code, expected) => {
  writeFileSync(path, JSON.stringify(report));
  expect(readResult(path, code)).toEqual(expected);
});

test.each([
  ['is not there', () => rmSync(path, { force: true })],
  ['is cut off', () => writeFileSync(path, '{"numPassedTests": 3')],
])('a report that %s is a failure', (_, spoil) => {
  spoil();
  expect(readResult(path, 137)).toEqual({ passed: 0, failed: 1, skipped: 0, why: 'no test ran', failures: [] });
});
