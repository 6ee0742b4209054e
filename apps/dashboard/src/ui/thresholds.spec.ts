import { describe, expect, it } from 'vitest';
import { levelOf } from './thresholds.ts';

describe('how much a value stands out', () => {
  it.each([
    ['cpu', 74.9, 'normal'],
    ['cpu', 75, 'high'],
    ['cpu', 90, 'critical'],
    ['disk', 89.9, 'high'],
    ['loadPerCore', 2, 'critical'],
    ['downtime', 0, 'normal'],
    ['downtime', 0.11, 'high'],
    ['downtime', 5, 'critical'],
  ] as const)('%s %d is %s', (metric, value, level) => {
    expect(levelOf(metric, value)).toBe(level);
  });
});
