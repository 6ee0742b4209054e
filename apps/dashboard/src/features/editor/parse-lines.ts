import type { NewMachine } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { agentUrlOf, hostOf } from './agent-url.ts';
import { readLabels } from './labels.ts';
import { isName } from './machine-values.ts';
import { splitWords, unquoted } from './words.ts';

/** One pasted line that means a machine. */
export interface ReadLine {
  /** Counted from 1. */
  readonly line: number;
  /** `null`: it is not clear which machine is meant. */
  readonly machine: NewMachine | null;
  readonly problem: string | null;
}

const texts = messages.editor.problem;

/**
 * Pasted lines `name address key=value…`, or an address alone; empty ones and those after `#` are passed over. Names must
 * be new: among the lines, and among the machines that are there.
 */
export function parseLines(text: string, known: ReadonlySet<string>): ReadLine[] {
  const firstOf = new Map<string, number>();
  return text.split('\n').flatMap((content, index) => {
    const words = splitWords(content.replace(/(^|\s)#.*$/, ''));
    if (words.length === 0) return [];
    const line = index + 1;
    const read = readMachine(words);
    if (read.machine === null) return [{ line, ...read }];
    const { name } = read.machine;
    const before = firstOf.get(name);
    if (before === undefined) firstOf.set(name, line);
    return [{ line, machine: read.machine, problem: read.problem ?? nameProblem(name, before, known) }];
  });
}

/** What was read of the lines, when there is something and nothing is wrong; `null` otherwise. */
export function machinesOf(lines: readonly ReadLine[]): NewMachine[] | null {
  const machines = lines.flatMap(({ machine, problem }) => (machine === null || problem !== null ? [] : [machine]));
  return machines.length === lines.length && lines.length > 0 ? machines : null;
}

function readMachine(words: readonly string[]): Pick<ReadLine, 'machine' | 'problem'> {
  const firstLabel = words.findIndex(isLabel);
  const head = (firstLabel === -1 ? words : words.slice(0, firstLabel)).map(unquoted);
  const [first = '', second] = head;
  if (first === '') return { machine: null, problem: texts.lineWithoutAddress };
  // One that has no name of its own is called as its address is.
  const address = second ?? first;
  const netdata = agentUrlOf(address);
  if (netdata === null) return { machine: null, problem: fill(texts.lineAddress, { address }) };
  const name = second === undefined ? nameFrom(hostOf(netdata) ?? '') : first;
  if (!isName(name)) return { machine: null, problem: fill(texts.lineName, { name }) };
  const labels = readLabels([...head.slice(2), ...(firstLabel === -1 ? [] : words.slice(firstLabel))]);
  if (labels.kind === 'problem') return { machine: { name, netdata }, problem: labels.problem };
  const hasLabels = Object.keys(labels.labels).length > 0;
  return { machine: { name, netdata, ...(hasLabels ? { labels: { ...labels.labels } } : {}) }, problem: null };
}

/** `tier=db`; an address may hold the sign too, behind its path. */
function isLabel(word: string): boolean {
  return /^[^:/]*=/.test(word);
}

/** The name that is nearest to a host: an IPv6 address has signs that no name has. */
function nameFrom(host: string): string {
  return host.replaceAll(':', '-').replace(/^-+/, '').slice(0, 63);
}

function nameProblem(name: string, before: number | undefined, known: ReadonlySet<string>): string | null {
  if (before !== undefined) return fill(texts.lineTwice, { name, line: before });
  return known.has(name) ? fill(texts.lineKnown, { name }) : null;
}
