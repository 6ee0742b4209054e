import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Labels } from './labels.ts';

/** A machine as it stands in the network file, its keys as they are written. */
export interface MachineEntry {
  readonly name: string;
  readonly netdata: string | null;
  /** Watched by the monitor that is built in, without an agent. */
  readonly host: boolean;
  readonly labels: Labels;
  readonly auth: string | null;
  readonly via: string | null;
  readonly charts: readonly string[];
  readonly address: string | null;
  readonly timeout: string | null;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** As the server reads it, so that a value means the same on both sides. */
const READING = { version: '1.2', schema: 'core', merge: false, stringKeys: true } as const;

/** The machines of an accepted network file, in its order. What is no machine is left out: the server has checked it. */
export function readEntries(text: string): MachineEntry[] {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { ...READING, uniqueKeys: false, logLevel: 'silent', lineCounter });
  const machines = isMap(document.contents) ? document.contents.get('machines') : null;
  if (!isSeq(machines)) return [];
  const written = machines.toJS(document) as unknown[];
  return machines.items.flatMap((item, index) => {
    const keys = written[index];
    if (!isMap(item) || typeof keys !== 'object' || keys === null) return [];
    const line = lineCounter.linePos(item.range?.[0] ?? 0).line;
    return entryOf(keys as Record<string, unknown>, line);
  });
}

function entryOf(keys: Record<string, unknown>, line: number): MachineEntry[] {
  const { name, labels, charts } = keys;
  if (typeof name !== 'string') return [];
  const text = (key: string): string | null => (typeof keys[key] === 'string' ? keys[key] : null);
  return [
    {
      name,
      netdata: text('netdata'),
      host: keys['host'] === true,
      labels: typeof labels === 'object' && labels !== null ? (labels as Labels) : {},
      auth: text('auth'),
      via: text('via'),
      charts: Array.isArray(charts) ? charts.map(String) : [],
      address: text('address'),
      timeout: text('timeout'),
      line,
    },
  ];
}
