import { windowStartOf } from '#config';
import { query } from '../support/database.ts';

export const WINDOW_MS = 600_000;
export const DAY_MS = 86_400_000;
/** Where a filled database says what it holds. */
const SETTING = 'bench_history';

/** What a filled database holds: a row of each machine for each window of [begin, end). */
export interface HistoryPlan {
  readonly machines: number;
  readonly days: number;
  readonly begin: Date;
  readonly end: Date;
}

/** It ends with the last window that is over. */
export function planHistory({ machines, days }: Pick<HistoryPlan, 'machines' | 'days'>, now: Date): HistoryPlan {
  const end = windowStartOf(now, WINDOW_MS);
  return { machines, days, begin: new Date(end.getTime() - days * DAY_MS), end };
}

/** Windows of all machines together. */
export function rowsOf({ machines, days }: HistoryPlan): number {
  return machines * days * (DAY_MS / WINDOW_MS);
}

/** The months of UTC that the plan touches, each cut to it, oldest first. */
export function monthsOf({ begin, end }: HistoryPlan): { readonly from: Date; readonly to: Date }[] {
  const months: { from: Date; to: Date }[] = [];
  for (let from = begin; from < end;) {
    const next = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1));
    const to = next < end ? next : end;
    months.push({ from, to });
    from = to;
  }
  return months;
}

/** Notes that the database is filled. */
export async function rememberPlan(url: string, plan: HistoryPlan): Promise<void> {
  await query(url, 'insert into setting (name, value) values ($1, $2)', [SETTING, JSON.stringify(plan)]);
}

/** The plan as JSON has it. */
interface Stored {
  readonly machines: number;
  readonly days: number;
  readonly begin: string;
  readonly end: string;
}

/** What the database was filled with. `empty`: nothing was ever stored in it; `foreign`: something else, or half of it. */
export async function readPlan(url: string): Promise<HistoryPlan | 'empty' | 'foreign'> {
  const tables = await query(url, `select from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`);
  if (tables.length === 0) return 'empty';
  const found = await query<{ value: string }>(url, 'select value from setting where name = $1', [SETTING]).catch(
    () => [],
  );
  if (found[0] === undefined) return 'foreign';
  const { machines, days, begin, end } = JSON.parse(found[0].value) as Stored;
  return { machines, days, begin: new Date(begin), end: new Date(end) };
}
