import { describe, expect, it } from 'vitest';
import type { VerdictState } from '../../api/client.ts';
import { aRow } from '../machines/machine-row.example.ts';
import { aServiceRow } from '../services/service-row.example.ts';
import { concernCount, concernsOf, splitConcerns, viewOfMost } from './attention.ts';

const EARLY = '2026-11-20T09:00:00.000Z';
const LATE = '2026-11-20T10:00:00.000Z';

function machine(name: string, state: VerdictState, since: string | null = EARLY) {
  return aRow({ name, state, since });
}

function service(name: string, state: VerdictState, since: string | null = EARLY) {
  return aServiceRow({ name, state, since });
}

function namesOf(...rows: Parameters<typeof concernsOf>): string[] {
  return concernsOf(...rows).map(({ kind, row }) => `${kind} ${row.name}`);
}

describe('what needs attention', () => {
  it('is what is down, degraded or unknown, the worst first', () => {
    const machines = [machine('a', 'unknown'), machine('b', 'up'), machine('c', 'degraded'), machine('d', 'down')];
    expect(namesOf(machines, [])).toEqual(['machine d', 'machine c', 'machine a']);
  });

  it('is not what is in maintenance, which is wanted', () => {
    expect(namesOf([machine('a', 'maintenance')], [service('b', 'maintenance')])).toEqual([]);
  });

  it('is not what never had a verdict: a network that was just read consists of nothing else', () => {
    expect(namesOf([machine('new', 'unknown', null), machine('old', 'unknown')], [])).toEqual(['machine old']);
  });

  it('has machines and services in one order, the latest first of what is equally bad', () => {
    const machines = [machine('a', 'down', EARLY), machine('b', 'degraded', LATE)];
    expect(namesOf(machines, [service('s', 'down', LATE)])).toEqual(['service s', 'machine a', 'machine b']);
  });

  it('is ordered by name, as people count, where all else is equal', () => {
    expect(namesOf([machine('web-10', 'down'), machine('web-9', 'down')], [])).toEqual([
      'machine web-9',
      'machine web-10',
    ]);
  });
});

describe('the room for cards', () => {
  it.each([
    ['less than there is room for', 2, 4, 2, 0],
    ['just as many', 4, 4, 4, 0],
    ['one too many: the last card tells of two', 5, 4, 3, 2],
    ['hundreds', 300, 10, 9, 291],
  ])('%s', (_, count, room, shown, hidden) => {
    const parts = splitConcerns(Array.from({ length: count }), room);
    expect([parts.shown.length, parts.hidden.length]).toEqual([shown, hidden]);
  });

  it('can be counted before the lists are read', () => {
    const counts = { total: 9, up: 3, degraded: 1, down: 2, unknown: 1, maintenance: 2 };
    expect(concernCount(counts, { ...counts, down: 0 })).toBe(6);
  });

  it('leads to the list in which most of the others are', () => {
    const hidden = concernsOf([machine('a', 'down')], [service('b', 'down'), service('c', 'down')]);
    expect([viewOfMost(hidden), viewOfMost(hidden.filter(({ kind }) => kind === 'machine'))]).toEqual([
      'services',
      'machines',
    ]);
  });
});
