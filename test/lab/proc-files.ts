import { MEMORY_TOTAL_BYTES, swapTotalBytes, type Counters, type MachineSecond } from './truth.ts';

/** The files of /proc that a Netdata agent is pointed at, by the name they have in the lab directory. */
export const PROC_FILES = ['stat', 'meminfo', 'diskstats', 'netdev', 'loadavg', 'uptime'] as const;
export type ProcFile = (typeof PROC_FILES)[number];

export interface MachineState {
  readonly index: number;
  /** The block device that the machine claims to write to; it must exist on this host, the agent looks it up in /sys. */
  readonly disk: string;
  readonly counters: Counters;
  readonly gauges: MachineSecond;
}

const SECTOR_BYTES = 512;
const CACHED_KIB = 524_288;
const BUFFERS_KIB = 65_536;

/**
 * A file's text. Its length never changes: the agent keeps the file open, so it is rewritten in place and a shorter
 * text would leave a tail of the former one.
 */
export function renderProcFile(file: ProcFile, state: MachineState): string {
  return RENDERERS[file](state);
}

const RENDERERS: Record<ProcFile, (state: MachineState) => string> = {
  stat: renderStat,
  meminfo: renderMeminfo,
  diskstats: renderDiskstats,
  netdev: renderNetdev,
  loadavg: renderLoadavg,
  uptime: renderUptime,
};

function renderStat({ counters }: MachineState): string {
  // A thousandth of a jiffy would be lost in rounding. Only ratios count, so everything is a thousand times larger.
  const jiffies = (value: number): string => padded(value * 1000);
  const [user, system, idle, iowait, steal] = [
    counters.userJiffies,
    counters.systemJiffies,
    counters.idleJiffies,
    counters.iowaitJiffies,
    counters.stealJiffies,
  ].map(jiffies);
  const zero = padded(0);
  const times = [user, zero, system, idle, iowait, zero, zero, steal, zero, zero].join(' ');
  const rest = `intr 1\nctxt 1\nbtime 1700000000\nprocesses 1\nprocs_running 1\nprocs_blocked 0\n`;
  return `cpu  ${times}\ncpu0 ${times}\n${rest}`;
}

function renderMeminfo({ index, gauges }: MachineState): string {
  const total = MEMORY_TOTAL_BYTES / 1024;
  const used = gauges.memoryUsedBytes / 1024;
  const swap = swapTotalBytes(index) / 1024;
  const kibibytes: Record<string, number> = {
    MemTotal: total,
    MemFree: total - used - CACHED_KIB - BUFFERS_KIB,
    MemAvailable: total - used,
    Buffers: BUFFERS_KIB,
    Cached: CACHED_KIB,
    SwapCached: 0,
    Active: used,
    Inactive: CACHED_KIB,
    SwapTotal: swap,
    SwapFree: swap - gauges.swapUsedBytes / 1024,
    Dirty: 0,
    Writeback: 0,
    Shmem: 0,
    Slab: 0,
    SReclaimable: 0,
    SUnreclaim: 0,
    Committed_AS: used,
  };
  const lines = Object.entries(kibibytes).map(([key, value]) => `${`${key}:`.padEnd(16)}${padded(value, 12)} kB\n`);
  return lines.join('');
}

function renderDiskstats({ disk, counters }: MachineState): string {
  const read = counters.diskReadBytes / SECTOR_BYTES;
  const written = counters.diskWriteBytes / SECTOR_BYTES;
  const zero = padded(0);
  const fields = [padded(read / 8), zero, padded(read), zero, padded(written / 8), zero, padded(written), zero, zero];
  return ` 254       0 ${disk} ${fields.join(' ')} ${zero} ${zero} 0 0 0 0 0 0\n`;
}

function renderNetdev({ counters }: MachineState): string {
  const side = (bytes: number): string => `${padded(bytes)} ${padded(bytes / 1000)} 0 0 0 0 0 0`;
  return (
    'Inter-|   Receive                                                |  Transmit\n' +
    ' face |bytes    packets errs drop fifo frame compressed multicast|' +
    'bytes    packets errs drop fifo colls carrier compressed\n' +
    `  eth0:${side(counters.netInBytes)} ${side(counters.netOutBytes)}\n`
  );
}

function renderLoadavg({ gauges }: MachineState): string {
  const load = gauges.load1.toFixed(2);
  return `${load} ${load} ${load} 1/100 12345\n`;
}

function renderUptime({ gauges }: MachineState): string {
  return `${gauges.uptimeSeconds.toFixed(2).padStart(16)} ${'0.00'.padStart(16)}\n`;
}

function padded(value: number, width = 20): string {
  return String(Math.round(value)).padStart(width);
}
