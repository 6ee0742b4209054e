import { readFileSync, writeFileSync } from 'node:fs';

/** Memory of one process, in bytes, as Linux counts it in /proc/PID/status. */
export interface ResidentMemory {
  readonly now: number;
  /** The most since {@link forgetPeak}. */
  readonly peak: number;
}

export function residentMemory(pid: number): ResidentMemory {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const bytes = (field: string): number => 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]);
  return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
}

/** proc(5), clear_refs: 5 sets the peak to what is resident now. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}
