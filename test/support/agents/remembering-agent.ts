import { startReplay, type ReplayServer, type Reply } from './replay-server.ts';

/** A number of a chart in the second that ends at this epoch second. */
type Value = (second: number) => number;
type Group = 'average' | 'min' | 'max';

/** A chart of a device, in Netdata's units and signs. */
interface DeviceChart {
  readonly context: string;
  readonly family: string;
  readonly units: string;
  readonly dimensions: Readonly<Record<string, Value>>;
}

/** What an agent still has, by tier: its seconds, its minutes, its hours; each since an epoch second. */
export type TierStarts = readonly [seconds: number, minutes: number, hours: number];

/** How a remembering agent is. */
export interface Remembering {
  readonly since: TierStarts;
  /** Seconds between two points of its charts. Default: 1. */
  readonly step?: number;
  /** By how much its clock is wrong. Default: 0. */
  readonly clockSeconds?: number;
  /** Seconds by which its last values are old. Default: 0. */
  readonly staleSeconds?: number;
  /** What is answered instead. `undefined`: what an agent would. */
  readonly instead?: (url: URL) => Reply | null | 'silence' | undefined;
}

/** How many of its own steps a point of each tier is about. */
const TIER_STEPS = [1, 60, 3600] as const;

/** What a machine's devices do in each second. */
export const DEVICE_TRUTH = {
  usedGib: (second: number): number => 30 + (second % 97) / 97,
  availGib: (second: number): number => 60 - (second % 97) / 97,
  receivedKilobits: (second: number): number => 1000 + 50 * (second % 7),
  sentKilobits: (second: number): number => 500 + (second % 11),
} as const;

const CHARTS: Readonly<Record<string, DeviceChart>> = {
  'disk_space._var_lib': {
    context: 'disk.space',
    family: '/var/lib',
    units: 'GiB',
    dimensions: { avail: DEVICE_TRUTH.availGib, used: DEVICE_TRUTH.usedGib, reserved_for_root: () => 5 },
  },
  'net.eth0': {
    context: 'net.net',
    family: 'eth0',
    units: 'kilobits/s',
    dimensions: { received: DEVICE_TRUTH.receivedKilobits, sent: second => -DEVICE_TRUTH.sentKilobits(second) },
  },
};

/**
 * An agent with a mount and a network interface that it remembers for as long as it is told, put together from its tiers
 * as Netdata 1.37.1 was seen to do it.
 */
export function startRememberingAgent(how: Remembering): Promise<ReplayServer> {
  return startReplay(url => how.instead?.(url) ?? answer(how, url));
}

function answer(how: Remembering, url: URL): Reply {
  const { searchParams: query } = url;
  const now = Math.floor(Date.now() / 1000) + (how.clockSeconds ?? 0);
  const headers = { server: 'Netdata Embedded HTTP Server v1.37.1', date: new Date(now * 1000).toUTCString() };
  const json = (body: unknown): Reply => ({ headers, body: JSON.stringify(body) });
  const step = how.step ?? 1;
  const chart = CHARTS[query.get('chart') ?? ''];
  if (url.pathname.endsWith('/allmetrics'))
    return json(shown(Math.floor((now - (how.staleSeconds ?? 0)) / step) * step));
  if (chart === undefined) return { status: 404, headers, body: 'No metrics where matched to query.' };
  if (url.pathname.endsWith('/chart')) return json({ first_entry: Math.min(...how.since), update_every: step });
  const points = pointsOf(how, chart, query, now);
  return points === null ? { status: 404, headers, body: 'No metrics where matched to query.' } : json(points);
}

function shown(at: number): unknown {
  return Object.fromEntries(
    Object.entries(CHARTS).map(([id, { dimensions, ...chart }]) => {
      const values = Object.entries(dimensions).map(([name, of]) => [name, { name, value: of(at) }]);
      return [id, { name: id, ...chart, last_updated: at, dimensions: Object.fromEntries(values) }];
    }),
  );
}

function pointsOf(how: Remembering, { dimensions }: DeviceChart, query: URLSearchParams, now: number): unknown {
  const [after, before, points] = ['after', 'before', 'points'].map(key => Number(query.get(key))) as [
    number,
    number,
    number,
  ];
  const group = query.get('group') as Group;
  const own = how.step ?? 1;
  const starts = how.since.map((since, tier) => ({ tier, since, step: own * (TIER_STEPS[tier] ?? 1) }));
  // Asked for its seconds, it takes coarser ones only when it has none at all.
  const onlySeconds = query.get('tier') === '0' && (how.since[0] ?? 0) <= before;
  const usable = onlySeconds ? starts.slice(0, 1) : starts;
  if (usable.every(({ since }) => since > before)) return null;
  const length = (before - after + 1) / points;
  const read = [0, 0, 0];
  const ids = Object.keys(dimensions);
  const valueOf = (of: Value, from: number, to: number): number | null => {
    const tier =
      usable.findLast(({ since, step }) => since <= from && step <= length) ??
      usable.find(({ since }) => since <= from) ??
      usable.findLast(({ since }) => since <= to);
    if (tier === undefined || from > now) return null;
    read[tier.tier]! += Math.ceil(length / tier.step);
    return grouped(of, Math.max(from, tier.since), Math.min(to, now), { group, step: tier.step, own });
  };
  const data = Array.from({ length: points }, (_, place) => {
    const end = before - place * length;
    return [end, ...ids.map(id => valueOf(dimensions[id]!, end - length + 1, end))];
  });
  return {
    api: 1,
    view_update_every: length,
    update_every: own,
    after,
    before,
    dimension_ids: ids,
    dimensions: ids.length,
    db_points_per_tier: read,
    result: { labels: ['time', ...ids], data },
  };
}

/** Of its seconds the extremes by size; of coarser points first the least or the greatest number of each, then those by size. */
function grouped(
  of: Value,
  from: number,
  to: number,
  { group, step, own }: { readonly group: Group; readonly step: number; readonly own: number },
): number | null {
  const inner: number[] = [];
  for (let start = from; start <= to; start += step) {
    const values: number[] = [];
    for (let second = start; second < start + step && second <= to; second += own) values.push(of(second));
    inner.push(group === 'average' ? mean(values) : Math[group](...values));
  }
  if (inner.length === 0) return null;
  if (group === 'average') return mean(inner);
  const sizes = inner.map(Math.abs);
  return Math.sign(inner[0] ?? 0) * Math[group](...sizes);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
