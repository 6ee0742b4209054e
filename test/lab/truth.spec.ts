import { expect, it } from 'vitest';
import { PROC_FILES, renderProcFile, type MachineState } from './proc-files.ts';
import { advance, FIRST_COUNTERS, machineAt, MOST_MACHINES, type Counters } from './truth.ts';

const MINUTE = 29_919_600 * 60;
const INDEXES = Array.from({ length: MOST_MACHINES }, (_, at) => at + 1);

it.each(INDEXES)('machine %i is never busier than a machine can be', index => {
  const busiest = Array.from({ length: 37 * 180 }, (_, at) => machineAt(index, MINUTE + at))
    .map(does => does.userPercent + does.systemPercent + does.iowaitPercent + does.stealPercent)
    .reduce((a, b) => Math.max(a, b));
  expect(busiest).toBeGreaterThan(20);
  expect(busiest).toBeLessThan(100);
});

it.each(INDEXES)('machine %i does something else in every second', index => {
  const seconds = Array.from({ length: 600 }, (_, at) => machineAt(index, MINUTE + at));
  const same = seconds.filter((does, at) => does.netInBytes === seconds[at - 1]?.netInBytes);
  expect(same).toEqual([]);
});

it('keeps its spikes away from the edges of a one-minute window', () => {
  const calm = machineAt(1, MINUTE).netInBytes * 2;
  const spikes = Array.from({ length: 37 * 60 }, (_, at) => MINUTE + at).filter(t => machineAt(1, t).netInBytes > calm);
  expect(spikes.length).toBeGreaterThan(40);
  expect(spikes.filter(t => t % 60 < 5 || t % 60 >= 55)).toEqual([]);
});

it('counts the same in many small steps as in one', () => {
  const edges = Array.from({ length: 401 }, (_, at) => MINUTE + at * 0.0251);
  const inSteps = edges.slice(1).reduce<Counters>((now, to, at) => advance(now, 3, edges[at]!, to), FIRST_COUNTERS);
  const atOnce = advance(FIRST_COUNTERS, 3, MINUTE, edges.at(-1)!);
  for (const key of Object.keys(atOnce) as (keyof Counters)[]) {
    expect(inSteps[key] / atOnce[key]).toBeCloseTo(1, 9);
    expect(atOnce[key]).toBeGreaterThan(FIRST_COUNTERS[key] + 5);
  }
});

it('counts a second as what the machine does in it', () => {
  const after = advance(FIRST_COUNTERS, 2, MINUTE + 3, MINUTE + 4);
  const does = machineAt(2, MINUTE + 3);
  expect(after.netInBytes - FIRST_COUNTERS.netInBytes).toBeCloseTo(does.netInBytes, 3);
  expect(after.userJiffies - FIRST_COUNTERS.userJiffies).toBeCloseTo(does.userPercent, 3);
});

it.each(PROC_FILES)('writes %s in the same length in every second, because it is rewritten in place', file => {
  let counters = FIRST_COUNTERS;
  const lengths = new Set<number>();
  for (let second = MINUTE; second < MINUTE + 600; second += 1) {
    counters = advance(counters, 5, second, second + 1);
    const state: MachineState = { index: 5, disk: 'vda', counters, gauges: machineAt(5, second) };
    lengths.add(renderProcFile(file, state).length);
  }
  expect(lengths.size).toBe(1);
});
