import { readFileSync } from 'node:fs';

/** What belongs to the process alone (proc_pid_status(5)). In kB, while /proc/PID/statm counts pages of unknown size. */
const OWN = [/^RssAnon:\s+(\d+) kB/m, /^RssShmem:\s+(\d+) kB/m];

/**
 * The bytes of memory that a process has for itself. What it shares with every other Node, 50 MiB of the program's own,
 * costs nobody anything. `null`: this system does not tell, or the process is gone.
 */
export function memoryOf(pid: number): number | null {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const kib = OWN.map(line => Number(line.exec(status)?.[1] ?? Number.NaN));
    const bytes = kib.reduce((sum, part) => sum + part, 0) * 1024;
    return Number.isNaN(bytes) ? null : bytes;
  } catch {
    return null;
  }
}
