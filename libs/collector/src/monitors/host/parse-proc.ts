import type { ByteCounters, HostReading } from './host-reading.ts';

const SECTOR_BYTES = 512;

/** The `cpu` line of /proc/stat (proc(5)): guest time is already part of user time. */
export function parseStat(text: string): HostReading['cpu'] {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] = text
    .slice(0, text.indexOf('\n'))
    .split(/\s+/)
    .slice(1)
    .map(Number);
  const busy = user + nice + system + iowait + irq + softirq + steal;
  return { busy, total: busy + idle };
}

/**
 * /proc/meminfo (proc(5)). Used is what Netdata calls used: neither free, nor buffers, nor cache that could be
 * dropped; shared memory cannot, although it is counted as cached.
 */
export function parseMeminfo(text: string): Pick<HostReading, 'memory' | 'swap'> {
  const kib = new Map(Array.from(text.matchAll(/^(\w+):\s+(\d+)/gm), ([, key, value]) => [key, Number(value)]));
  const bytes = (key: string): number => (kib.get(key) ?? 0) * 1024;
  const cached = bytes('Cached') + bytes('SReclaimable') - bytes('Shmem');
  const total = bytes('MemTotal');
  return {
    memory: { usedBytes: total - bytes('MemFree') - cached - bytes('Buffers'), totalBytes: total },
    swap: { usedBytes: bytes('SwapTotal') - bytes('SwapFree'), totalBytes: bytes('SwapTotal') },
  };
}

/** /proc/diskstats (kernel: Documentation/admin-guide/iostats.rst): sectors of 512 bytes, whatever the disk's own are. */
export function parseDiskstats(text: string, disks: ReadonlySet<string>): ByteCounters | null {
  const rows = rowsOf(text).filter(fields => disks.has(fields[2] ?? ''));
  return total(rows, 5, 9, SECTOR_BYTES);
}

/** /proc/net/dev, by interface: bytes received are the 1st column after the name, bytes sent the 9th. */
export function parseNetDev(text: string): Map<string, ByteCounters> {
  const lines = Array.from(text.matchAll(/^\s*([^\s|]+):\s*(\d.*)$/gm), ([, name = '', rest = '']) => ({ name, rest }));
  return new Map(
    lines.map(({ name, rest }) => {
      const numbers = rest.trim().split(/\s+/).map(Number);
      return [name, { in: numbers[0] ?? 0, out: numbers[8] ?? 0 }];
    }),
  );
}

/** What went through these of them together; `null`: none of them is there. */
export function sumOf(interfaces: ReadonlyMap<string, ByteCounters>, names: ReadonlySet<string>): ByteCounters | null {
  const counted = [...interfaces].flatMap(([name, counters]) => (names.has(name) ? [counters] : []));
  if (counted.length === 0) return null;
  const sum = (way: keyof ByteCounters): number => counted.reduce((sofar, counters) => sofar + counters[way], 0);
  return { in: sum('in'), out: sum('out') };
}

function rowsOf(text: string): string[][] {
  return text.split('\n').map(line => line.trim().split(/\s+/));
}

function total(rows: readonly string[][], inAt: number, outAt: number, factor: number): ByteCounters | null {
  if (rows.length === 0) return null;
  const sum = (at: number): number => rows.reduce((sofar, fields) => sofar + Number(fields[at] ?? 0) * factor, 0);
  return { in: sum(inAt), out: sum(outAt) };
}
