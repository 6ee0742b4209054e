import { CHART_ROLES, deriveOne, type ChartRole } from './formulas.ts';
import type { LatestChart } from './parse-all-metrics.ts';

/** The chart that plays each part on this machine; a part nobody plays is absent. */
export type ChosenCharts = Readonly<Partial<Record<ChartRole, LatestChart>>>;

/** Ids by part, newest spelling last; swap moved in Netdata 1.41. */
const IDS: Readonly<Partial<Record<ChartRole, readonly string[]>>> = {
  cpu: ['system.cpu'],
  ram: ['system.ram'],
  swap: ['system.swap', 'mem.swap'],
  io: ['system.io'],
  net: ['system.net'],
  load: ['system.load'],
  uptime: ['system.uptime'],
};

const PART_IDS: ReadonlySet<string> = new Set(Object.values(IDS).flat());

/** Whether a chart with this id may play a part in a row. */
export function playsPart(id: string): boolean {
  return PART_IDS.has(id) || id.startsWith('disk_space.');
}

/** Finds the charts of a row among those an agent shows, whatever its version calls them. */
export function chooseCharts(charts: readonly LatestChart[]): ChosenCharts {
  const disks = diskCharts(charts);
  const chosen: Partial<Record<ChartRole, LatestChart>> = {};
  for (const role of CHART_ROLES) {
    const chart =
      role === 'rootDisk'
        ? disks.find(disk => disk.family === '/')
        : role === 'fullestDisk'
          ? fullestOf(disks)
          : charts.find(candidate => IDS[role]?.includes(candidate.id));
    if (chart !== undefined) chosen[role] = chart;
  }
  return chosen;
}

/** The charts of mounted file systems. */
export function diskCharts(charts: readonly LatestChart[]): readonly LatestChart[] {
  return charts.filter(chart => chart.context === 'disk.space');
}

/** The fullest mount; of equally full ones the first by name, so that the answer does not flicker. */
function fullestOf(disks: readonly LatestChart[]): LatestChart | undefined {
  const fullness = (disk: LatestChart): number => deriveOne('diskFullest', disk) ?? -1;
  const nameOf = (disk: LatestChart): string => disk.family ?? disk.id;
  return disks
    .filter(disk => fullness(disk) >= 0)
    .toSorted((a, b) => fullness(b) - fullness(a) || (nameOf(a) < nameOf(b) ? -1 : 1))[0];
}
