import { availableParallelism } from 'node:os';
import { table } from '../support/table.ts';
import type { Measured } from './measure.ts';

/** Everything that was measured. */
export interface Measurement {
  readonly database: string;
  readonly sessions: number;
  readonly requests: number;
  readonly subjects: readonly Measured[];
}

/** What a session costs: the same route, asked with one and without. Milliseconds. */
export interface SessionCost {
  readonly path: string;
  readonly p50: number;
  readonly p95: number;
  /** Medians. */
  readonly ratio: number;
  readonly limitMs: number;
  readonly isLimitKept: boolean;
}

export interface Report extends Measurement {
  readonly costs: readonly SessionCost[];
}

/** What a session may add to the p95. */
const LIMIT_MS = 1;

export function makeReport({ database, sessions, requests, subjects }: Measurement): Report {
  const costs = subjects.flatMap(without => {
    const withSession = subjects.find(({ path, by }) => path === without.path && by === 'session');
    return without.by === 'nobody' && withSession !== undefined ? costOf(without, withSession) : [];
  });
  return { database, sessions, requests, subjects, costs };
}

function costOf(without: Measured, withSession: Measured): SessionCost {
  const p95 = withSession.p95 - without.p95;
  const [p50, ratio] = [withSession.p50 - without.p50, withSession.p50 / without.p50];
  return { path: without.path, p50, p95, ratio, limitMs: LIMIT_MS, isLimitKept: p95 <= LIMIT_MS };
}

/** The report for people. */
export function renderReport({ database, sessions, requests, subjects, costs }: Report): string {
  const rows = subjects.map(({ path, by, p50, p95, max }) => [`GET ${path}`, by, ...[p50, p95, max].map(ms)]);
  return [
    '',
    `${sessions} sessions; ${requests} requests of each kind in turns, one after another, each by somebody else, over`,
    `connections that stay open; ${database}; ${availableParallelism()} processors`,
    '',
    ...table([['ms', 'by', 'p50', 'p95', 'max'], ...rows]),
    '',
    ...costs.map(renderCost),
    '',
  ].join('\n');
}

function renderCost({ path, p50, p95, ratio, limitMs, isLimitKept }: SessionCost): string {
  const verdict = isLimitKept ? 'kept' : 'MISSED';
  return `A session adds to GET ${path} ${ms(p50)} ms p50 (${ratio.toFixed(2)} x), ${ms(p95)} ms p95; limit ${limitMs} ms p95: ${verdict}`;
}

function ms(value: number): string {
  return value.toFixed(2);
}
