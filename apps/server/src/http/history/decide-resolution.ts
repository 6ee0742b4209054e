import { formatDuration, parseDuration, type RetentionMs } from '#config';
import { MAX_SECONDS } from '#collector';
import type { SeriesLevel } from '#storage';
import { ProblemException } from '../problem/problem.ts';
import { inWords, invalidRange, type Range } from './decide-range.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FINE_MS = [1_000, 10_000, 60_000];

/** A chart is not wider: the resolution that is chosen for it has no more points, if one is that coarse. */
const CHART_POINTS = 800;
/** What an agent knows of each second is younger than this, as agents are set up unless somebody changed it. */
const AGENT_REMEMBERS_MS = 14 * DAY_MS;

/** How long the time of a point is, and where its values are: each second of it at the agent, or stored. */
export interface Resolution {
  readonly name: string;
  readonly ms: number;
  readonly level: 'seconds' | SeriesLevel;
}

/** How much an answer may hold. */
export interface AnswerLimits {
  readonly pointsPerSeries: number;
  /** Values and facts of all points of all series together. */
  readonly cells: number;
}

/** A JSON answer is put together in memory; a million cells are some 18 MB. */
export const JSON_LIMITS: AnswerLimits = { pointsPerSeries: 10_000, cells: 1_000_000 };
/** A download is a page of it in memory; this bounds how long it keeps a connection busy. */
export const CSV_LIMITS: AnswerLimits = { pointsPerSeries: 1_000_000, cells: 100_000_000 };

/** What the resolution of an answer depends on. */
export interface ResolutionQuestion {
  readonly range: Range;
  readonly now: Date;
  readonly windowMs: number;
  readonly retentionMs: RetentionMs;
  /** As the query names it; `undefined`: whatever suits the range. */
  readonly wanted: string | undefined;
  /** Whether agents may be asked for their seconds. */
  readonly fine: boolean;
  /** How many series, and how many cells each point of one has. */
  readonly series: number;
  readonly columns: number;
  readonly limits: AnswerLimits;
}

/** Every resolution that there is, finest first: some from agents, then what is stored. */
export function resolutionsOf(windowMs: number): Resolution[] {
  const of = (ms: number, level: Resolution['level']): Resolution => ({ name: formatDuration(ms), ms, level });
  return [
    ...FINE_MS.filter(ms => ms < windowMs).map(ms => of(ms, 'seconds')),
    rowsResolution(windowMs),
    ...(windowMs < HOUR_MS ? [of(HOUR_MS, 'hours')] : []),
    ...(windowMs < DAY_MS ? [of(DAY_MS, 'days')] : []),
  ];
}

/** The points that start in a range: the one in which it begins is the first of them. */
export function pointsIn({ from, to }: Range, ms: number): number {
  return Math.ceil(to.getTime() / ms) - Math.floor(from.getTime() / ms);
}

/** The range from the start of the point in which it begins; seconds can begin within one. */
export function alignRange({ from, to }: Range, { ms, level }: Resolution): Range {
  const step = level === 'seconds' ? 1_000 : ms;
  return { from: new Date(Math.floor(from.getTime() / step) * step), to };
}

/** What is stored of windows. */
export function rowsResolution(windowMs: number): Resolution {
  return { name: formatDuration(windowMs), ms: windowMs, level: 'rows' };
}

/**
 * The resolution of an answer: the one that is asked for, else the finest that gives a chart's worth of points and is still
 * kept of all of the range. Seconds are chosen when the agent may still have them.
 *
 * @throws ProblemException 400 `UNKNOWN_RESOLUTION`, 400 `TOO_MANY_POINTS` with one that would do, or 400 `INVALID_RANGE`
 *   when none would
 */
export function decideResolution(question: ResolutionQuestion): Resolution {
  const all = resolutionsOf(question.windowMs).filter(({ level }) => question.fine || level !== 'seconds');
  return question.wanted === undefined ? chosenOf(all, question) : wantedOf(all, question, question.wanted);
}

function chosenOf(all: readonly Resolution[], question: ResolutionQuestion): Resolution {
  const fitting = all.filter(resolution => fits(resolution, question));
  const fine = fitting.filter(({ ms }) => pointsIn(question.range, ms) <= CHART_POINTS);
  const chosen = fine.find(({ level }) => isKept(level, question)) ?? fitting.at(-1);
  if (chosen !== undefined) return chosen;
  throw invalidRange({
    path: 'from',
    message: `the range has too many points even by day; ask for at most ${longestOf(DAY_MS, question)} at a time`,
  });
}

/** Whether there is something of this kind about the start of the range, as far as can be known. */
function isKept(level: Resolution['level'], { range, now, retentionMs }: ResolutionQuestion): boolean {
  const ageMs = now.getTime() - range.from.getTime();
  if (level === 'seconds') return ageMs > 0 && ageMs <= AGENT_REMEMBERS_MS;
  return ageMs <= (retentionMs[level] ?? Number.POSITIVE_INFINITY);
}

function wantedOf(all: readonly Resolution[], question: ResolutionQuestion, wanted: string): Resolution {
  const ms = parseDuration(wanted);
  const resolution = all.find(one => one.ms === ms);
  if (resolution === undefined) throw unknownResolution(all, wanted);
  if (fits(resolution, question)) return resolution;
  throw tooManyPoints(all, resolution, question);
}

function fits({ ms, level }: Resolution, { range, series, columns, limits }: ResolutionQuestion): boolean {
  if (level === 'seconds' && range.to.getTime() - range.from.getTime() > MAX_SECONDS * 1000) return false;
  const points = pointsIn(range, ms);
  return points <= limits.pointsPerSeries && points * series * columns <= limits.cells;
}

/** The longest range that a resolution can answer, for people. */
function longestOf(ms: number, { series, columns, limits }: ResolutionQuestion): string {
  return inWords(Math.min(limits.pointsPerSeries, limits.cells / (series * columns)) * ms);
}

function unknownResolution(all: readonly Resolution[], wanted: string): ProblemException {
  const message = `"${wanted}" is no resolution of this; there are: ${all.map(({ name }) => name).join(', ')}`;
  return new ProblemException(400, 'UNKNOWN_RESOLUTION', message, [{ path: 'resolution', message }]);
}

function tooManyPoints(
  all: readonly Resolution[],
  { name, ms, level }: Resolution,
  question: ResolutionQuestion,
): ProblemException {
  const coarser = all.find(one => one.ms > ms && fits(one, question));
  const longest = level === 'seconds' ? inWords(MAX_SECONDS * 1000) : longestOf(ms, question);
  const advice = coarser === undefined ? '' : `resolution=${coarser.name} would do; or `;
  const message = `the range has too many points at ${name}: ${advice}ask for at most ${longest}, fewer machines or metrics`;
  return new ProblemException(400, 'TOO_MANY_POINTS', message, [{ path: 'resolution', message }]);
}
