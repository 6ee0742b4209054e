import { expect, test } from 'vitest';
import { METRICS } from '#config';
import { ProblemException } from '../problem/problem.ts';
import { metricOf, metricsOf } from './metric-names.ts';

test('metrics are all of them, or those asked for in that order', () => {
  expect(metricsOf(undefined)).toEqual(METRICS.map(({ name }) => name));
  expect(metricsOf(['netIn', 'cpu'])).toEqual(['netIn', 'cpu']);
});

test.each([
  ['mem0ry', 'did you mean "memory"?'],
  ['diskread', 'did you mean "diskRead"?'],
  ['temperature', 'there are: cpu, memory'],
  ['constructor', 'there are: cpu, memory'],
])('"%s" is no metric: %s', (name, advice) => {
  const refusal = catchProblem(() => metricsOf(['cpu', name]));
  expect(refusal).toMatchObject({ code: 'UNKNOWN_METRIC', errors: [{ path: 'metrics' }] });
  expect(refusal.getStatus()).toBe(400);
  expect(refusal.message).toContain(advice);
  expect(catchProblem(() => metricOf(name, 404)).getStatus()).toBe(404);
});

function catchProblem(run: () => unknown): ProblemException {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemException) return error;
  }
  throw new Error('nothing was refused');
}
