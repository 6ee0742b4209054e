import { describe, expect, it } from 'vitest';
import { ConfigurationError, formatProblems, type Problem } from './problem.ts';

const problem: Problem = { source: 'nodeconf.yml', line: 3, path: 'networks[0].directory', message: 'is missing' };

describe('formatProblems', () => {
  it.each([
    [problem, '  nodeconf.yml:3 networks[0].directory: is missing'],
    [{ ...problem, line: null, source: 'environment', path: 'PORT' }, '  environment PORT: is missing'],
    [{ ...problem, path: '' }, '  nodeconf.yml:3: is missing'],
  ])('says where a problem is and what it is', (given, line) => {
    expect(formatProblems([given])).toBe(
      `1 problem in the configuration:\n${line}\nNothing was changed. Correct what is listed and try again.`,
    );
  });

  it('shows a hundred problems and counts the others', () => {
    const lines = formatProblems(Array.from({ length: 130 }, () => problem)).split('\n');
    expect(lines).toHaveLength(103);
    expect(lines[0]).toBe('130 problems in the configuration:');
    expect(lines.at(-2)).toBe('  … and 30 more');
  });
});

describe('ConfigurationError', () => {
  it('has the problems, their text and a stable code, and is not worth a retry', () => {
    const error = new ConfigurationError([problem]);
    expect(error).toMatchObject({ code: 'CONFIGURATION_INVALID', retryable: false, problems: [problem] });
    expect(error.message).toBe(formatProblems([problem]));
  });
});
