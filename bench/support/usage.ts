import { readdirSync, readFileSync } from 'node:fs';

/** Of /proc/PID/stat: clock ticks in a second, 100 on every Linux of today. */
const TICKS_PER_SECOND = 100;

/** What a subject's processes are counted under. */
export type Part = 'server' | 'postgres' | 'redis' | 'prometheus' | 'loop';

interface Stat {
  readonly parent: number;
  readonly name: string;
  /** Its own time and that of children that have ended. */
  readonly cpuSeconds: number;
}

const PARTS: Readonly<Record<string, Part>> = {
  postgres: 'postgres',
  'redis-server': 'redis',
  prometheus: 'prometheus',
};

/**
 * CPU time of these processes and all that came from them, of those that have ended, too. By the name of the program;
 * what has no name of its own is `rest`.
 */
export function cpuOf(roots: readonly number[], rest: Part): Partial<Record<Part, number>> {
  const stats = readStats();
  const sums: Partial<Record<Part, number>> = {};
  for (const pid of familyOf(roots, stats)) {
    const stat = stats.get(pid);
    if (stat === undefined) continue;
    const part = PARTS[stat.name] ?? rest;
    sums[part] = (sums[part] ?? 0) + stat.cpuSeconds;
  }
  return sums;
}

/** Memory of the same processes. It walks their page tables, so it is not asked for often. */
export function memoryOf(roots: readonly number[], rest: Part): Partial<Record<Part, number>> {
  const stats = readStats();
  const sums: Partial<Record<Part, number>> = {};
  for (const pid of familyOf(roots, stats)) {
    const part = PARTS[stats.get(pid)?.name ?? ''] ?? rest;
    sums[part] = (sums[part] ?? 0) + proportionalBytes(pid);
  }
  return sums;
}

/** The PostgreSQL server that this process belongs to; `null`: it is none of this machine. */
export function postmasterOf(pid: number): number | null {
  const stat = parseStat(readQuietly(`/proc/${pid}/stat`));
  return stat?.name === 'postgres' ? stat.parent : null;
}

function readStats(): Map<number, Stat> {
  const stats = new Map<number, Stat>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? parseStat(readQuietly(`/proc/${entry}/stat`)) : null;
    if (stat !== null) stats.set(Number(entry), stat);
  }
  return stats;
}

/** The name may hold spaces and parentheses; fields are counted behind it (proc(5): utime is the 14th). */
function parseStat(text: string): Stat | null {
  const [open, close] = [text.indexOf('('), text.lastIndexOf(')')];
  if (open < 0) return null;
  const fields = text
    .slice(close + 2)
    .split(' ')
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
  return { name: text.slice(open + 1, close), parent: fields[1] ?? 0, cpuSeconds: ticks / TICKS_PER_SECOND };
}

function familyOf(roots: readonly number[], stats: ReadonlyMap<number, Stat>): Set<number> {
  const family = new Set(roots);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const [pid, { parent }] of stats) if (family.has(parent)) family.add(pid);
  }
  return family;
}

function proportionalBytes(pid: number): number {
  const shared = /^Pss:\s+(\d+) kB/m.exec(readQuietly(`/proc/${pid}/smaps_rollup`))?.[1];
  const own = shared ?? /^VmRSS:\s+(\d+) kB/m.exec(readQuietly(`/proc/${pid}/status`))?.[1];
  return Number(own ?? 0) * 1024;
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
