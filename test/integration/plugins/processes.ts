import { readdirSync, readFileSync } from 'node:fs';

/** The fields of /proc/PID/stat behind the command (proc_pid_stat(5)): state, parent, process group, … */
function fieldsOf(pid: number | string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

/** The processes of a group that still run: that of a plugin and its guard. */
export function runningOf(group: number): number[] {
  return readdirSync('/proc')
    .filter(entry => /^\d+$/.test(entry))
    .flatMap(pid => {
      const fields = fieldsOf(pid);
      const isRunning = fields !== null && fields[0] !== 'Z' && fields[0] !== 'X';
      return isRunning && Number(fields[2]) === group ? [Number(pid)] : [];
    });
}
