/** What a fake agent's machine does in each second: every machine and every second differ. */
export interface Truth {
  readonly user: number;
  readonly system: number;
  readonly iowait: number;
  readonly usedMib: number;
  readonly totalMib: number;
  readonly readKib: number;
  readonly writeKib: number;
  readonly inKilobits: number;
  readonly outKilobits: number;
  readonly load1: number;
  readonly diskUsedGib: number;
  readonly diskAvailGib: number;
}

/** @param machine counted from 0. @param second epoch second that the value is stamped with: it is about (second-1, second]. */
export function truthOf(machine: number, second: number): Truth {
  const saw = (second % 7) / 6;
  return {
    user: 5 + (machine % 20) + 10 * saw,
    system: 2 + (second % 3),
    iowait: 1,
    usedMib: 1024 + 16 * (machine % 64) + (second % 60),
    totalMib: 8192,
    readKib: 100 * (1 + saw),
    writeKib: 200 + (second % 5),
    inKilobits: 1000 + machine + 50 * saw,
    outKilobits: 500 + machine,
    load1: 0.5 + (machine % 10) / 10,
    diskUsedGib: 30 + (machine % 30),
    diskAvailGib: 60,
  };
}
