import type { Machine } from '../../api/client.ts';
import { fill, messages } from '../../messages/text.ts';
import { formatBytes, formatDuration, formatLatency } from '../../ui/format.ts';
import type { MachineRow } from '../machines/machine-row.ts';

/** Something to know about a machine. */
export interface Fact {
  readonly key: string;
  readonly label: string;
  readonly text: string;
  readonly hint?: string;
  /** It should not be as it is. */
  readonly isDoubtful?: boolean;
  /** It was so when the machine was last read. */
  readonly isFromValues?: boolean;
}

/** Beyond this the seconds of an agent may be other seconds than ours. */
const DOUBTFUL_CLOCK_MS = 5_000;

const { fact, factHint } = messages.machine;

/** What a machine is, and what is known of the way to it. What is not known is left out. */
export function factsOf(machine: Machine, row: Pick<MachineRow, 'values'>): Fact[] {
  const { agent, address, latest } = machine;
  const facts: (Fact | null)[] = [
    textFact('os', agent?.os ?? null),
    textFact('cores', agent?.cores == null ? null : String(agent.cores)),
    textFact('memory', agent?.memoryBytes == null ? null : formatBytes(agent.memoryBytes)),
    textFact('agent', agentText(machine)),
    textFact('address', address),
    uptimeFact(row.values?.uptime ?? null),
    textFact('latency', latencyText(latest)),
    clockFact(latest?.clockOffsetMs ?? null),
  ];
  return facts.filter(one => one !== null);
}

function textFact(key: keyof typeof fact, text: string | null): Fact | null {
  if (text === null || text === '') return null;
  const hints: Readonly<Record<string, string>> = factHint;
  const hint = hints[key];
  return { key, label: fact[key], text, ...(hint === undefined ? {} : { hint }) };
}

function agentText({ agent, kind }: Machine): string | null {
  if (kind === 'host') return messages.machine.builtIn;
  return agent === null ? null : fill(messages.machine.netdata, { version: agent.version.replace(/^v/, '') });
}

/** How long it takes to be refused says nothing of the machine. */
function latencyText(latest: Machine['latest']): string | null {
  return latest === null || !latest.reachable || latest.latencyMs === null ? null : formatLatency(latest.latencyMs);
}

function uptimeFact(seconds: number | null): Fact | null {
  const uptime = textFact('uptime', seconds === null ? null : formatDuration(seconds, 2));
  return uptime === null ? null : { ...uptime, isFromValues: true };
}

/** A clock that is right is nothing to talk about. */
function clockFact(offsetMs: number | null): Fact | null {
  if (offsetMs === null || Math.abs(offsetMs) <= DOUBTFUL_CLOCK_MS) return null;
  const by = formatDuration(Math.abs(offsetMs) / 1000, 2);
  const text = fill(offsetMs > 0 ? messages.machine.clockAhead : messages.machine.clockBehind, { by });
  return { key: 'clock', label: fact.clock, text, hint: factHint.clock, isDoubtful: true };
}
