import type { AuditWish } from '../../../api/people-client.ts';

const PERIODS = ['day', 'week', 'month', 'all', 'own'] as const;

export type Period = (typeof PERIODS)[number];

/** What is looked for; empty: it does not matter. */
export interface AuditFilter {
  readonly period: Period;
  /** Of the period `own`: days of the reader's calendar, the last one included. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly action: string;
  readonly actor: string;
}

/** Without a word about it, the time that somebody has in mind who asks what has happened lately. */
const DEFAULT_PERIOD: Period = 'month';

const FROM: Readonly<Record<Exclude<Period, 'own'>, string | null>> = {
  day: '-24h',
  week: '-7d',
  month: '-30d',
  all: null,
};

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** As the server knows them. */
const ACTION = /^[a-z_]{1,40}\.[a-z_]{1,40}$/;

function isPeriod(text: string): text is Period {
  return PERIODS.some(period => period === text);
}

/** The filter as the parameters of the page's address say it. What means nothing is left out. */
export function parseFilter(param: (name: string) => string): AuditFilter {
  const [period, from, to, action] = [param('period'), param('from'), param('to'), param('action')];
  return {
    period: isPeriod(period) ? period : DEFAULT_PERIOD,
    fromDay: isDay(from) ? from : '',
    toDay: isDay(to) ? to : '',
    action: ACTION.test(action) ? action : '',
    actor: param('actor'),
  };
}

/** The parameters that say a filter; an empty one is left out. */
export function paramsOf({ period, fromDay, toDay, action, actor }: AuditFilter): Record<string, string> {
  const isOwn = period === 'own';
  return {
    period: period === DEFAULT_PERIOD ? '' : period,
    from: isOwn ? fromDay : '',
    to: isOwn ? toDay : '',
    action,
    actor,
  };
}

/** What the API is asked for. */
export function wishOf({ period, fromDay, toDay, action, actor }: AuditFilter): AuditWish {
  const from = period === 'own' ? startOf(fromDay, 0) : FROM[period];
  const to = period === 'own' ? startOf(toDay, 1) : null;
  return {
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
    ...(action === '' ? {} : { action }),
    ...(actor === '' ? {} : { actor }),
  };
}

/** Whether some entries are left out. */
export function isFiltered(filter: AuditFilter): boolean {
  return Object.keys(wishOf(filter)).length > 0;
}

/** Where a day of the reader begins, or another that follows it. */
function startOf(day: string, daysLater: number): string | null {
  if (!isDay(day)) return null;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + daysLater).toISOString();
}

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text));
}
