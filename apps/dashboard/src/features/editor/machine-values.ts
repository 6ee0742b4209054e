import type { ChangeMachine, NewMachine } from '../../api/editor-client.ts';
import { messages } from '../../messages/text.ts';
import { agentUrlOf } from './agent-url.ts';
import { type Labels, parseLabels, renderLabels } from './labels.ts';
import type { MachineEntry } from './machine-entry.ts';
import { splitWords } from './words.ts';

/** What the form about one machine holds, as it is typed. */
export interface MachineValues {
  readonly name: string;
  readonly netdata: string;
  readonly labels: string;
  readonly auth: string;
  readonly via: string;
  readonly charts: string;
  readonly address: string;
  readonly timeout: string;
}

export type MachineField = keyof MachineValues;
export type MachineProblems = Readonly<Partial<Record<MachineField, string>>>;

export const NO_VALUES: MachineValues = {
  name: '',
  netdata: '',
  labels: '',
  auth: '',
  via: '',
  charts: '',
  address: '',
  timeout: '',
};

/** Those that few machines need. */
export const RARE_FIELDS = ['auth', 'via', 'timeout', 'charts', 'address'] as const satisfies readonly MachineField[];

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;
const texts = messages.editor.problem;

/** What may be a name; the server says the same. */
export function isName(text: string): boolean {
  return NAME.test(text);
}

/** A machine of the file, to be changed. */
export function valuesOf(entry: MachineEntry): MachineValues {
  return {
    name: entry.name,
    netdata: entry.netdata ?? '',
    labels: renderLabels(entry.labels),
    auth: entry.auth ?? '',
    via: entry.via ?? '',
    charts: entry.charts.join(' '),
    address: entry.address ?? '',
    timeout: entry.timeout ?? '',
  };
}

/** What can be said without asking the server. @param hasAgent whether it is read by an agent of its own */
export function problemsOf(values: MachineValues, hasAgent = true): MachineProblems {
  const labels = parseLabels(values.labels);
  return {
    ...(isName(values.name.trim()) ? {} : { name: values.name.trim() === '' ? texts.nameMissing : texts.name }),
    ...(hasAgent && agentUrlOf(values.netdata) === null
      ? { netdata: values.netdata.trim() === '' ? texts.netdataMissing : texts.netdata }
      : {}),
    ...(labels.kind === 'problem' ? { labels: labels.problem } : {}),
  };
}

/** A machine for the file, of values without a problem. */
export function newMachineOf(values: MachineValues): NewMachine {
  const keys = keysOf(values);
  return {
    name: values.name.trim(),
    ...Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== null)),
  };
}

/** What has to be changed for a machine to be as it is wished; `null`: nothing. */
export function decideChanges(before: MachineValues, after: MachineValues): ChangeMachine | null {
  const keys = keysOf(after);
  const changed = (Object.keys(keys) as (keyof typeof keys)[]).filter(
    // Compared as they are written: what was not touched is not written anew.
    key => before[key].trim() !== after[key].trim(),
  );
  const changes: ChangeMachine = Object.fromEntries(changed.map(key => [key, keys[key]]));
  const name = after.name.trim();
  const all = name === before.name ? changes : { ...changes, name };
  return Object.keys(all).length === 0 ? null : all;
}

/** The keys as the file has them; `null`: it does not have this one. */
function keysOf(values: MachineValues) {
  const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());
  const charts = splitWords(values.charts);
  const labels = labelsOf(values.labels);
  return {
    netdata: values.netdata.trim() === '' ? null : agentUrlOf(values.netdata),
    labels: Object.keys(labels).length === 0 ? null : { ...labels },
    auth: textOrNull(values.auth),
    via: textOrNull(values.via),
    timeout: textOrNull(values.timeout),
    charts: charts.length === 0 ? null : charts,
    address: textOrNull(values.address),
  };
}

function labelsOf(text: string): Labels {
  const read = parseLabels(text);
  return read.kind === 'labels' ? read.labels : {};
}
