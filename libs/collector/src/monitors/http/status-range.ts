import { showValue, type ProblemOf } from '#config';

/** HTTP statuses; both ends belong to it. */
export interface StatusRange {
  readonly from: number;
  readonly to: number;
}

const LOWEST = 200;
const HIGHEST = 599;

/** A status, or a range of them such as `200-299`. */
export const statusProblem: ProblemOf = value => {
  const range = parseStatus(value);
  if (Number.isNaN(range.from)) return `${showValue(value)} is no status: write it like 204 or "200-299"`;
  const isInOrder = LOWEST <= range.from && range.from <= range.to && range.to <= HIGHEST;
  return isInOrder ? null : `${showValue(value)} is not within ${LOWEST}-${HIGHEST}`;
};

/** Reads what {@link statusProblem} finds nothing wrong with. */
export function parseStatus(value: unknown): StatusRange {
  const [, from, to] = /^(\d{3})(?:-(\d{3}))?$/.exec(String(value)) ?? [];
  return { from: Number(from ?? Number.NaN), to: Number(to ?? from) };
}

export function isIn(status: number, ranges: readonly StatusRange[]): boolean {
  return ranges.some(({ from, to }) => from <= status && status <= to);
}

/** `200-299 or 401`. */
export function showStatuses(ranges: readonly StatusRange[]): string {
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(' or ');
}
