import { expect, test } from 'vitest';
import { summarize } from './summarize.ts';

test.each([
  [[1, 2, 6], 3, { avg: 3, min: 1, max: 6, samples: 3, expected: 3 }],
  [[null, 4, null, 0], 4, { avg: 2, min: 0, max: 4, samples: 2, expected: 4 }],
  [[null, null], 2, { avg: null, min: null, max: null, samples: 0, expected: 2 }],
  [[], 600, { avg: null, min: null, max: null, samples: 0, expected: 600 }],
  [[0.1, 0.1, 0.1], 3, { avg: 0.1, min: 0.1, max: 0.1, samples: 3, expected: 3 }],
])('%j of %i seconds', (values, expected, summary) => {
  expect(summarize(values, expected)).toEqual(summary);
});
