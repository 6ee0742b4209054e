import { deriveOne, type ChartRole } from './formulas.ts';
import type { LatestChart } from './parse-all-metrics.ts';

/** The chart that plays each part on this machine; a part nobody plays is absent. */
export type ChosenCharts = Readonly<Partial<Record<ChartRole, LatestChart>>>;

/** The part of each chart whose id tells it; swap moved in Netdata 1.41. */
const ROLE_OF: ReadonlyMap<string, ChartRole> = new Map([
  ['system.cpu', 'cpu'],
  ['system.ram', 'ram'],
  ['system.swap', 'swap'],
  ['mem.swap', 'swap'],
  ['system.io', 'io'],
  ['system.net', 'net'],
  ['system.load', 'load'],
  ['system.uptime', 'uptime'],
]);

/** Whether a chart with this id may play a part in a row. */
export function playsPart(id: string): boolean {
  return ROLE_OF.has(id) || id.startsWith('disk_space.');
}

/** Finds the charts of a row among those an agent shows, whatever its version calls them. */
export function chooseCharts(charts: readonly LatestChart[]): ChosenCharts {
  const chosen: Partial<Record<ChartRole, LatestChart>> = {};
  let fullest: Fullness | null = null;
  for (const chart of charts) {
    const role = isDisk(chart) ? (chart.family === '/' ? 'rootDisk' : undefined) : ROLE_OF.get(chart.id);
    if (role !== undefined) chosen[role] ??= chart;
    const percent = isDisk(chart) ? deriveOne('diskFullest', chart) : null;
    if (percent !== null && (fullest === null || isFuller({ chart, percent }, fullest))) fullest = { chart, percent };
  }
  if (fullest !== null) chosen.fullestDisk = fullest.chart;
  return chosen;
}

/** The charts of mounted file systems. */
export function diskCharts(charts: readonly LatestChart[]): readonly LatestChart[] {
  return charts.filter(isDisk);
}

function isDisk(chart: LatestChart): boolean {
  return chart.context === 'disk.space';
}

interface Fullness {
  readonly chart: LatestChart;
  readonly percent: number;
}

/** Of equally full ones the first by name, so that the answer does not flicker. */
function isFuller(one: Fullness, other: Fullness): boolean {
  if (one.percent !== other.percent) return one.percent > other.percent;
  return nameOf(one.chart) < nameOf(other.chart);
}

function nameOf({ family, id }: LatestChart): string {
  return family ?? id;
}
