import { table } from '../support/table.ts';
import { CATEGORIES, type Category, type Judged } from './ask.ts';
import type { Form, Options } from './options.ts';

/** One look at a page. */
export interface Visit extends Judged {
  readonly page: string;
  readonly form: Form;
}

/** The looks at one page in one form: the median of each figure. */
export interface Verdict extends Visit {
  readonly isKept: boolean;
}

export interface Report extends Pick<Options, 'runs'> {
  readonly verdicts: readonly Verdict[];
}

/** The least that is promised. */
const LIMITS: Readonly<Record<Form, Readonly<Record<Category, number>>>> = {
  desktop: { performance: 100, accessibility: 100, 'best-practices': 100 },
  mobile: { performance: 90, accessibility: 100, 'best-practices': 100 },
};

export function makeReport(visits: readonly Visit[], { runs }: Pick<Options, 'runs'>): Report {
  const kinds = new Map(visits.map(visit => [`${visit.page} ${visit.form}`, visit]));
  const verdicts = [...kinds.values()].map(({ page, form }) =>
    verdictOn(visits.filter(visit => visit.page === page && visit.form === form)),
  );
  return { runs, verdicts };
}

export function isKept({ verdicts }: Report): boolean {
  return verdicts.every(one => one.isKept);
}

function verdictOn(visits: readonly Visit[]): Verdict {
  const [{ page, form }] = visits as readonly [Visit];
  const median = (of: (visit: Visit) => number): number =>
    visits.map(of).toSorted((a, b) => a - b)[Math.floor((visits.length - 1) / 2)] ?? Number.NaN;
  const scores = Object.fromEntries(
    CATEGORIES.map(name => [name, median(({ scores }) => scores[name])]),
  ) as Judged['scores'];
  return {
    page,
    form,
    scores,
    firstPaintMs: median(visit => visit.firstPaintMs),
    largestPaintMs: median(visit => visit.largestPaintMs),
    blockedMs: median(visit => visit.blockedMs),
    shift: median(visit => visit.shift),
    faults: [...new Set(visits.flatMap(({ faults }) => faults))],
    isKept: CATEGORIES.every(name => scores[name] >= LIMITS[form][name]),
  };
}

/** The report for people. */
export function renderReport({ runs, verdicts }: Report): string {
  const heads = ['', '', 'performance', 'accessibility', 'best practices', 'FCP ms', 'LCP ms', 'TBT ms', 'CLS', ''];
  const rows = verdicts.map(({ page, form, scores, isKept: isFine, ...one }) => [
    page,
    form,
    ...CATEGORIES.map(name => String(scores[name])),
    ...[one.firstPaintMs, one.largestPaintMs, one.blockedMs].map(ms => ms.toFixed(0)),
    one.shift.toFixed(3),
    isFine ? 'kept' : 'MISSED',
  ]);
  const faults = verdicts.flatMap(({ page, form, faults: found }) => found.map(fault => `${page}, ${form}: ${fault}`));
  const limits = Object.entries(LIMITS).map(([form, limit]) => `${form} ${Object.values(limit).join(', ')}`);
  return [
    '',
    `Lighthouse, ${runs === 1 ? 'one run' : `medians of ${runs} runs`}; at least: ${limits.join('; ')}`,
    '',
    ...table([heads, ...rows]),
    ...(faults.length === 0 ? [] : ['', ...faults]),
    '',
  ].join('\n');
}
