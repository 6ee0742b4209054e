import type { MetricValues, VerdictState } from './client.ts';

/** The first event of a stream: from here on every verdict change will come. */
export interface HelloEvent {
  readonly sequence: number;
  readonly at: string;
}

/** The state of a machine or a service changed. */
export interface VerdictEvent {
  /** Rises with every change; a stream can be resumed after it. */
  readonly sequence: number;
  readonly kind: 'machine' | 'service';
  /** Its name. */
  readonly machine: string;
  readonly to: VerdictState;
  readonly reason: string | null;
  readonly at: string;
}

/** The values of this second; `null` for a machine that did not answer. */
export interface ValuesEvent {
  readonly at: string;
  readonly machines: Readonly<Record<string, MetricValues | null>>;
}

const STATES: ReadonlySet<unknown> = new Set<VerdictState>(['up', 'degraded', 'down', 'unknown', 'maintenance']);

/** Each parser gives `null` for what it does not understand: one odd event must not end the stream. */
export function parseHello(data: string): HelloEvent | null {
  const event = objectOf(data);
  if (event === null || !isSequence(event['sequence']) || !isInstant(event['at'])) return null;
  return { sequence: event['sequence'], at: event['at'] };
}

export function parseVerdict(data: string): VerdictEvent | null {
  const event = objectOf(data);
  if (event === null || !isSequence(event['sequence']) || !isInstant(event['at'])) return null;
  const { sequence, machine, to, at } = event;
  const kind = event['kind'] === 'service' ? 'service' : 'machine';
  if (typeof machine !== 'string' || !STATES.has(to)) return null;
  const reason = typeof event['reason'] === 'string' ? event['reason'] : null;
  return { sequence, kind, machine, to: to as VerdictState, reason, at };
}

export function parseValues(data: string): ValuesEvent | null {
  const event = objectOf(data);
  const machines = event?.['machines'];
  if (event === null || !isInstant(event['at']) || typeof machines !== 'object' || machines === null) return null;
  return { at: event['at'], machines: machines as ValuesEvent['machines'] };
}

function objectOf(data: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function isSequence(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isInstant(value: unknown): value is string {
  return typeof value === 'string' && Number.isFinite(Date.parse(value));
}
