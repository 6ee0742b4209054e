import { NETWORK } from '../fill/network.ts';
import { readGaps, readMachine, readMachines, readMetric, readUptime, type Statement } from './bare-sql.ts';
import type { DrawPlan, Drawn } from './draw.ts';

/** Something that people ask of a history. */
export interface Question extends DrawPlan {
  /** As the report names it. */
  readonly name: string;
  /** What its p95 may be, on two cores with a hundred machines and a year. `null`: nothing is promised. */
  readonly limitMs: number | null;
  /** Path and query of the request. */
  readonly path: (drawn: Drawn) => string;
  /** The same of the database. `resolution` is what the answer said; empty where it says none. */
  readonly sql: (drawn: Drawn, resolution: string) => Statement;
  /** Points of an answer, to be compared with the rows of the statement; `null` where an answer has no points. */
  readonly pointsOf: (answer: unknown) => number | null;
}

const API = `/api/v1/networks/${NETWORK}`;
const LONGEST_DAYS = 365;
const MONTH_DAYS = 30;
/** Of a shorter history other answers come, finer ones, of which nothing is promised. */
const PROMISED_FROM_DAYS = 60;

const rangeOf = ({ from, to }: Drawn): string => `from=${from.toISOString()}&to=${to.toISOString()}`;
const nameOf = ({ machines }: Drawn): string => machines[0]?.name ?? '';

function machineQuestion(name: string, days: number, limitMs: number | null): Question {
  return {
    name: `one machine, ${name}`,
    machines: 1,
    days,
    limitMs,
    path: drawn => `${API}/machines/${nameOf(drawn)}/metrics?${rangeOf(drawn)}`,
    sql: readMachine,
    pointsOf: answer => (answer as { rows: unknown[] }).rows.length,
  };
}

function machinesQuestion(name: string, machines: number, days: number): Question {
  return {
    name: `${machines} machines, ${name}`,
    machines,
    days,
    limitMs: 60,
    path: drawn => `${API}/metrics?machines=${drawn.machines.map(one => one.name).join(',')}&${rangeOf(drawn)}`,
    sql: readMachines,
    pointsOf: answer => {
      const { series } = answer as { series: { rows: unknown[] }[] };
      return series.reduce((sum, { rows }) => sum + rows.length, 0);
    },
  };
}

function metricQuestion(name: string, machines: number, days: number): Question {
  return {
    name: `one metric, ${machines} machines, ${name}`,
    machines: null,
    days,
    limitMs: 150,
    path: drawn => `${API}/metrics/${drawn.metric.name}?${rangeOf(drawn)}`,
    sql: readMetric,
    pointsOf: answer => {
      const { times, series } = answer as { times: unknown[]; series: unknown[] };
      return times.length * series.length;
    },
  };
}

/** Of one machine, and no points. */
function otherQuestion(what: 'uptime' | 'gaps', name: string, days: number): Question {
  return {
    name: `${what} of ${name}`,
    machines: 1,
    days,
    limitMs: null,
    path: drawn => `${API}/machines/${nameOf(drawn)}/${what}?${rangeOf(drawn)}`,
    sql: what === 'uptime' ? readUptime : readGaps,
    pointsOf: () => null,
  };
}

/** The questions that a history of so many machines and days can be asked. */
export function questionsFor(machines: number, days: number): Question[] {
  const longest = Math.min(LONGEST_DAYS, days);
  const year = longest === LONGEST_DAYS ? '1 year' : `${longest} days`;
  // Wholly within the history: of all machines an answer has a place for every instant, whether there is a row or not.
  const monthDays = Math.min(MONTH_DAYS, days - 1);
  const month = `${monthDays} days`;
  const questions = [
    machineQuestion('1 day', 1, null),
    machineQuestion(month, monthDays, 25),
    machineQuestion(year, longest, 25),
    machinesQuestion(year, 5, longest),
    metricQuestion(month, machines, monthDays),
    otherQuestion('uptime', year, longest),
    otherQuestion('gaps', year, longest),
  ];
  return days >= PROMISED_FROM_DAYS ? questions : questions.map(one => ({ ...one, limitMs: null }));
}
