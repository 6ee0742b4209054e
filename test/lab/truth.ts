/**
 * The made-up machines of the lab: what each of them does in each second. Everything here is a pure function of the
 * machine's index (1 to 8) and the wall second, so a test can compute what a row must say without asking anybody.
 *
 * The values are constant within a second and differ from one second to the next. An agent reads its counters up to
 * half a second after the second is over and interpolates, so a jump at the edge of a window becomes an error of its
 * average. Hence the rises are gentle, and there is no spike within five seconds of a full minute: the averages that an
 * agent tells are then within 0.3 % of the truth over one minute, and within 0.03 % over ten.
 */
export interface MachineSecond {
  readonly userPercent: number;
  readonly systemPercent: number;
  readonly iowaitPercent: number;
  readonly stealPercent: number;
  readonly memoryUsedBytes: number;
  readonly swapUsedBytes: number;
  readonly netInBytes: number;
  readonly netOutBytes: number;
  readonly diskReadBytes: number;
  readonly diskWriteBytes: number;
  readonly load1: number;
  readonly uptimeSeconds: number;
}

const MIB = 1024 * 1024;

export const MOST_MACHINES = 8;
export const MEMORY_TOTAL_BYTES = 16_384 * MIB;
/** The second volume of each machine, made of memory so that how full it is can be said exactly. */
export const VOLUME_BYTES = 20 * MIB;

/** Machine 1 has no swap at all. */
export function swapTotalBytes(index: number): number {
  return index === 1 ? 0 : 2048 * MIB;
}

/** How much of {@link VOLUME_BYTES} is in use: 55 % on machine 1 and 5 % more on each further one. */
export function volumeUsedBytes(index: number): number {
  return (10 + index) * MIB;
}

/** What machine `index` does during the wall second [second, second + 1). */
export function machineAt(index: number, second: number): MachineSecond {
  const rise7 = (second % 7) / 6;
  const rise5 = (second % 5) / 4;
  const spike = spikesAt(second) ? 1 : 0;
  return {
    userPercent: 10 + 4 * index + 2 * (Math.floor(second / 60) % 3) + 2 * rise7 + 20 * spike,
    systemPercent: 2 * index,
    iowaitPercent: index,
    stealPercent: index / 2,
    memoryUsedBytes: 1024 * MIB * index + 16 * MIB * (Math.floor(second / 60) % 5) + 8 * MIB * (second % 3),
    swapUsedBytes: index === 1 ? 0 : 128 * MIB * index + 2 * MIB * (second % 4),
    netInBytes: 125_000 * index * (1 + 0.5 * rise5 + 4 * spike),
    netOutBytes: 62_500 * index * (1 + 0.5 * rise7),
    diskReadBytes: 102_400 * index * (1 + 0.5 * rise7),
    diskWriteBytes: 204_800 * index * (1 + 0.5 * rise5),
    load1: index / 2 + 0.1 * (Math.floor(second / 30) % 4),
    uptimeSeconds: second - bootedAt(index),
  };
}

/** Whether the CPU and the network of every machine spike in this second. */
export function spikesAt(second: number): boolean {
  const ofMinute = second % 60;
  return second % 37 === 0 && ofMinute >= 5 && ofMinute < 55;
}

/** Machines booted thirty days apart, in epoch seconds. */
function bootedAt(index: number): number {
  return 1_750_000_000 - index * 30 * 86_400;
}

/** What the kernel of a machine has counted so far. */
export interface Counters {
  readonly userJiffies: number;
  readonly systemJiffies: number;
  readonly iowaitJiffies: number;
  readonly stealJiffies: number;
  readonly idleJiffies: number;
  readonly netInBytes: number;
  readonly netOutBytes: number;
  readonly diskReadBytes: number;
  readonly diskWriteBytes: number;
}

export const FIRST_COUNTERS: Counters = {
  userJiffies: 1e6,
  systemJiffies: 1e6,
  iowaitJiffies: 1e6,
  stealJiffies: 1e6,
  idleJiffies: 1e7,
  netInBytes: 1e9,
  netOutBytes: 1e9,
  diskReadBytes: 1e9,
  diskWriteBytes: 1e9,
};

const JIFFIES_PER_SECOND = 100;

/** The counters at `toSeconds`, given those at `fromSeconds` (epoch seconds with fractions). */
export function advance(counters: Counters, index: number, fromSeconds: number, toSeconds: number): Counters {
  let now = counters;
  for (let at = fromSeconds; at < toSeconds;) {
    const until = Math.min(toSeconds, Math.floor(at) + 1);
    now = addStretch(now, machineAt(index, Math.floor(at)), until - at);
    at = until;
  }
  return now;
}

function addStretch(counters: Counters, does: MachineSecond, seconds: number): Counters {
  const jiffies = (percent: number): number => (percent / 100) * JIFFIES_PER_SECOND * seconds;
  const busy = does.userPercent + does.systemPercent + does.iowaitPercent + does.stealPercent;
  return {
    userJiffies: counters.userJiffies + jiffies(does.userPercent),
    systemJiffies: counters.systemJiffies + jiffies(does.systemPercent),
    iowaitJiffies: counters.iowaitJiffies + jiffies(does.iowaitPercent),
    stealJiffies: counters.stealJiffies + jiffies(does.stealPercent),
    idleJiffies: counters.idleJiffies + jiffies(100 - busy),
    netInBytes: counters.netInBytes + does.netInBytes * seconds,
    netOutBytes: counters.netOutBytes + does.netOutBytes * seconds,
    diskReadBytes: counters.diskReadBytes + does.diskReadBytes * seconds,
    diskWriteBytes: counters.diskWriteBytes + does.diskWriteBytes * seconds,
  };
}
