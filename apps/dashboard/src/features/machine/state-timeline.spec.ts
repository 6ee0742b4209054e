import { describe, expect, it } from 'vitest';
import type { AvailabilityAnswer } from '../../api/machine-queries.ts';
import { marksOf, type Stretch, stateTimeline, timelineOf, type TimelineState, totalsOf } from './state-timeline.ts';

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const RANGE = { fromMs: 0, toMs: 60 * 60_000 };
const UP = { to: 'up', reason: null } as const;

function change(minute: number, from: 'up' | 'down' | 'maintenance' | null, to: 'up' | 'down' | 'maintenance') {
  return { at: at(minute), from, to, reason: to === 'down' ? ('timeout' as const) : null };
}

function unobserved(from: number, to: number) {
  return { from: at(from), to: at(to), reason: 'unobserved' as const };
}

/** "up 0-10, down 10-60" */
function told(stretches: readonly Stretch[]): string {
  return stretches.map(({ state, fromMs, toMs }) => `${state} ${fromMs / 60_000}-${toMs / 60_000}`).join(', ');
}

describe('how a machine was in a range', () => {
  it.each([
    ['is what it was before, when nothing changed', { before: UP, changes: [], gaps: [] }, 'up 0-60'],
    [
      'goes from change to change, in whichever order they are told',
      { before: UP, changes: [change(20, 'down', 'up'), change(10, 'up', 'down')], gaps: [] },
      'up 0-10, down 10-20, up 20-60',
    ],
    [
      'is not known before it was watched',
      { before: null, changes: [change(30, null, 'up')], gaps: [] },
      'unwatched 0-30, up 30-60',
    ],
    [
      'is not known then either, when its agent was asked about it later',
      { before: null, changes: [change(30, null, 'up')], gaps: [unobserved(10, 40)] },
      'unwatched 0-30, unobserved 30-40, up 40-60',
    ],
    [
      'begins with what the first change left, when nothing older is kept',
      { before: null, changes: [change(30, 'down', 'up')], gaps: [] },
      'down 0-30, up 30-60',
    ],
    ['is nothing when it was never watched', { before: null, changes: [], gaps: [] }, 'unwatched 0-60'],
    [
      'is not known while distomon was not there',
      { before: UP, changes: [change(20, 'up', 'down')], gaps: [unobserved(10, 30)] },
      'up 0-10, unobserved 10-30, down 30-60',
    ],
    [
      'was one time of absence, whatever changed before it was noticed',
      { before: UP, changes: [change(20, 'up', 'down'), change(25, 'down', 'up')], gaps: [unobserved(10, 30)] },
      'up 0-10, unobserved 10-30, up 30-60',
    ],
    [
      'was maintenance, although nothing was read then',
      {
        before: UP,
        changes: [change(20, 'up', 'maintenance'), change(40, 'maintenance', 'up')],
        gaps: [unobserved(20, 50)],
      },
      'up 0-20, maintenance 20-40, unobserved 40-50, up 50-60',
    ],
    [
      'is not known at either end either',
      { before: UP, changes: [], gaps: [unobserved(-10, 10), unobserved(50, 70)] },
      'unobserved 0-10, up 10-50, unobserved 50-60',
    ],
    [
      'is not told by windows that could not be read: the checks between them know better',
      { before: UP, changes: [], gaps: [{ from: at(10), to: at(20), reason: 'timeout' as const }] },
      'up 0-60',
    ],
    [
      'has no stretch without length',
      { before: UP, changes: [change(0, 'up', 'down'), change(60, 'down', 'up')], gaps: [] },
      'down 0-60',
    ],
  ])('%s', (_, facts, expected) => {
    expect(told(stateTimeline({ ...RANGE, ...facts }))).toBe(expected);
  });
});

describe('what is drawn of an answer', () => {
  const newest = [change(40, 'down', 'up'), change(30, 'up', 'down')];
  const uptime = { from: at(0), to: at(60) };

  it.each([
    ['is the whole range', { isWhole: true }, { isWhole: true }, 'up 0-30, down 30-40, up 40-60'],
    [
      'begins with the oldest change when there were too many',
      { isWhole: false },
      { isWhole: true },
      'down 30-40, up 40-60',
    ],
    [
      'begins with the oldest gap when there were too many',
      { isWhole: true },
      { isWhole: false },
      'unobserved 20-25, up 25-30, down 30-40, up 40-60',
    ],
  ])('%s', (_, changes, gaps, expected) => {
    const answer = {
      uptime,
      before: UP,
      changes: { items: newest, ...changes },
      gaps: { items: gaps.isWhole ? [] : [unobserved(20, 25)], ...gaps },
    } as unknown as AvailabilityAnswer;
    expect(told(timelineOf(answer, RANGE.toMs))).toBe(expected);
  });
});

it.each([
  [50, 'up 0-50'],
  [0, ''],
  [-5, ''],
])('a range that goes on after now (%i) is drawn up to now', (now, expected) => {
  const none = { items: [], isWhole: true };
  const answer = { uptime: { from: at(0), to: at(60) }, before: UP, changes: none, gaps: none };
  expect(told(timelineOf(answer as unknown as AvailabilityAnswer, now * 60_000))).toBe(expected);
});

function stretch(state: TimelineState, from: number, to: number): Stretch {
  return { state, fromMs: from * 60_000, toMs: to * 60_000, reason: null };
}

const DAY = [stretch('up', 0, 10), stretch('down', 10, 11), stretch('up', 11, 12), stretch('unobserved', 12, 14)];

describe('what is told of it', () => {
  it('is how long it was in which state and how often, the worst first', () => {
    expect(totalsOf([...DAY, stretch('down', 14, 15)])).toEqual([
      { state: 'down', seconds: 120, times: 2 },
      { state: 'unobserved', seconds: 120, times: 1 },
      { state: 'up', seconds: 660, times: 2 },
    ]);
  });

  it.each([
    ['apart where they can be told apart', 60_000, 'down 10-11, unobserved 12-14'],
    ['as one in the worst of their states where they cannot', 5 * 60_000, 'down 10-14'],
  ])('shows stretches %s', (_, leastMs, expected) => {
    expect(told(marksOf(DAY, leastMs))).toBe(expected);
  });
});
