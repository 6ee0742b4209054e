import { isMap, isNode, isSeq, LineCounter } from 'yaml';
import { readDocument } from '../../yaml/read-document.ts';
import type { WrittenMachine } from './edit-machines.ts';

/** A machine of a network file with its keys as they are written, and where it stands. */
export interface PlacedMachine {
  readonly keys: WrittenMachine;
  /** Counted from 1. */
  readonly line: number;
}

/**
 * The machines of an accepted network file, in its order, without the defaults: what an edit of one begins with.
 *
 * @throws ConfigurationError when the text is no YAML
 */
export function writtenMachines(text: string): PlacedMachine[] {
  const lines = new LineCounter();
  const document = readDocument(text, 'network.yml', lines);
  const list: unknown = isMap(document.contents) ? document.contents.get('machines', true) : undefined;
  if (!isSeq(list)) return [];
  const written = list.toJS(document, { maxAliasCount: 100 }) as readonly unknown[];
  return list.items.flatMap((item, index): PlacedMachine[] => {
    const keys = written[index];
    if (typeof keys !== 'object' || keys === null) return [];
    const offset = isNode(item) ? (item.range?.[0] ?? 0) : 0;
    return [{ keys: keys as WrittenMachine, line: lines.linePos(offset).line }];
  });
}
