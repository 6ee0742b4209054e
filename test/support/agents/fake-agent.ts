import { truthOf } from './truth.ts';

/** How a fake agent's own data are. `now` is the last second it has. */
export interface FakeState {
  readonly machine: number;
  readonly now: number;
  /** Seconds by which its values are old. */
  readonly staleSeconds: number;
}

interface Chart {
  readonly units: string;
  readonly step: number;
  readonly context: string;
  readonly family: string;
  readonly of: (machine: number, second: number) => Readonly<Record<string, number>>;
  /** Dimensions that only allmetrics shows. */
  readonly hidden?: readonly string[];
}

const system = (units: string, id: string, of: Chart['of'], rest: Partial<Chart> = {}): Chart => ({
  units,
  step: 1,
  context: id,
  family: id.split('.')[1] ?? '',
  of,
  ...rest,
});

const BOOT = 1_700_000_000;

const CHARTS: Readonly<Record<string, Chart>> = {
  'system.cpu': system(
    'percentage',
    'system.cpu',
    (machine, second) => {
      const { user, system: kernel, iowait } = truthOf(machine, second);
      return { user, system: kernel, iowait, idle: 100 - user - kernel - iowait };
    },
    { hidden: ['idle'] },
  ),
  'system.ram': system('MiB', 'system.ram', (machine, second) => {
    const { usedMib, totalMib } = truthOf(machine, second);
    return { free: totalMib - usedMib - 576, used: usedMib, cached: 512, buffers: 64 };
  }),
  'system.io': system('KiB/s', 'system.io', (machine, second) => {
    const { readKib, writeKib } = truthOf(machine, second);
    return { in: readKib, out: -writeKib };
  }),
  'system.net': system('kilobits/s', 'system.net', (machine, second) => {
    const { inKilobits, outKilobits } = truthOf(machine, second);
    return { InOctets: inKilobits, OutOctets: -outKilobits };
  }),
  'net.eth0': system(
    'kilobits/s',
    'net.eth0',
    (machine, second) => {
      const { inKilobits, outKilobits } = truthOf(machine, second);
      return { received: inKilobits, sent: -outKilobits };
    },
    { context: 'net.net', family: 'eth0' },
  ),
  'system.load': system(
    'load',
    'system.load',
    (machine, second) => ({ load1: truthOf(machine, second).load1, load5: 1, load15: 1 }),
    { step: 5 },
  ),
  'system.uptime': system('seconds', 'system.uptime', (_, second) => ({ uptime: second - BOOT })),
  'disk_space._': system(
    'GiB',
    'disk_space._',
    (machine, second) => {
      const { diskUsedGib, diskAvailGib } = truthOf(machine, second);
      return { avail: diskAvailGib, used: diskUsedGib, reserved_for_root: 5 };
    },
    { context: 'disk.space', family: '/' },
  ),
};

/** `/api/v1/allmetrics?format=json` as Netdata 1.37 answers. */
export function allMetrics({ machine, now, staleSeconds }: FakeState): unknown {
  return Object.fromEntries(
    Object.entries(CHARTS).map(([id, chart]) => {
      const at = Math.floor((now - staleSeconds) / chart.step) * chart.step;
      const dimensions = Object.entries(chart.of(machine, at)).map(([name, value]) => [name, { name, value }]);
      const { context, family, units } = chart;
      return [id, { name: id, family, context, units, last_updated: at, dimensions: Object.fromEntries(dimensions) }];
    }),
  );
}

/** `/api/v1/data` with jsonwrap, raw points, newest first. `null`: there is no such chart. */
export function chartData(state: FakeState, chartId: string, after: number, before: number): unknown {
  const chart = CHARTS[chartId];
  if (chart === undefined) return null;
  const { step } = chart;
  const first = step === 1 ? after : (Math.floor(after / step) + 1) * step;
  const last = Math.floor(before / step) * step;
  const ids = Object.keys(chart.of(0, 0)).filter(id => chart.hidden?.includes(id) !== true);
  const rows: (number | null)[][] = [];
  for (let at = last; at >= first; at -= step) {
    const values = chart.of(state.machine, at);
    rows.push([at, ...ids.map(id => (at > state.now - state.staleSeconds ? null : (values[id] ?? null)))]);
  }
  return {
    api: 1,
    view_update_every: step,
    update_every: step,
    after: first,
    before: last,
    group: 'average',
    dimension_names: ids,
    dimension_ids: ids,
    dimensions: ids.length,
    points: rows.length,
    format: 'json',
    result: { labels: ['time', ...ids], data: rows },
  };
}

/** The same in so many points, each put together of its seconds. `null`: there is no such chart. */
export function groupedData(
  state: FakeState,
  chartId: string,
  {
    after,
    before,
    points,
    group,
  }: { readonly after: number; readonly before: number; readonly points: number; readonly group: string },
): unknown {
  const raw = chartData(state, chartId, after, before) as { result: { data: (number | null)[][] } } | null;
  if (raw === null) return null;
  const length = (before - after + 1) / points;
  const byEnd = Map.groupBy(raw.result.data, ([at]) => before - Math.floor((before - (at ?? 0)) / length) * length);
  const data = [...byEnd].map(([end, rows]) => {
    const dimensions = (rows[0] ?? []).slice(1).map((_, place) => rows.flatMap(row => row[place + 1] ?? []));
    return [end, ...dimensions.map(values => groupedValue(values, group))];
  });
  return { ...raw, view_update_every: length, after, before, points, group, result: { ...raw.result, data } };
}

/** Extremes are those by size, as Netdata has them. */
function groupedValue(values: readonly number[], group: string): number | null {
  if (values.length === 0) return null;
  const bySize = values.toSorted((a, b) => Math.abs(a) - Math.abs(b));
  if (group === 'min') return bySize[0] ?? null;
  if (group === 'max') return bySize.at(-1) ?? null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `/api/v1/info`, the part that is read. */
export function info(machine: number): unknown {
  const uid = `00000000-0000-4000-8000-${String(machine).padStart(12, '0')}`;
  return {
    version: 'v1.37.1',
    uid,
    os_name: 'Debian GNU/Linux',
    os_version: '12',
    cores_total: '2',
    ram_total: '8589934592',
  };
}
