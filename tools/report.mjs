import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './project.mjs';

/** Lines of a failure's message that are told again at the end. */
const MESSAGE_LINES = 6;

/**
 * What vitest's JSON report says of a stage, and every failure by file, name and the first lines of its message.
 * A stage that broke without naming a test, or that ran none, counts as one failure.
 */
export function readResult(path, code) {
  const { numPassedTests: passed = 0, numFailedTests = 0, numPendingTests: skipped = 0, testResults = [] } = read(path);
  const why =
    passed + numFailedTests === 0
      ? 'no test ran'
      : code !== 0 && numFailedTests === 0
        ? `vitest ended with ${code}`
        : '';
  return {
    passed,
    failed: numFailedTests + (why === '' ? 0 : 1),
    skipped,
    why,
    failures: testResults.flatMap(failuresOf),
  };
}

function read(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {};
  }
}

function failuresOf({ name, status, message, assertionResults }) {
  const file = relative(ROOT, name);
  const failed = assertionResults.filter(test => test.status === 'failed');
  if (failed.length === 0) return status === 'failed' ? [describe(file, message)] : [];
  return failed.map(test => describe(`${file} > ${test.fullName}`, test.failureMessages.join('\n')));
}

function describe(title, message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, MESSAGE_LINES);
  return [title, ...lines.map(line => `    ${line}`)].join('\n');
}
