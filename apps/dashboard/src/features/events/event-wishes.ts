import type { EventWishes, StateChange } from '../../api/events-client.ts';
import type { VerdictState } from '../../api/client.ts';

/** In the order of their badness. */
export const STATES: readonly VerdictState[] = ['down', 'degraded', 'unknown', 'maintenance', 'up'];
export const KINDS = ['machine', 'service'] as const satisfies readonly StateChange['kind'][];
/** How far back, as the API takes it; without one as far as events are kept. */
export const PERIODS = { day: '-24h', week: '-7d', month: '-30d' } as const;
export type Period = keyof typeof PERIODS;

/** What stands in the address; empty: not there. */
export interface EventParams {
  readonly machine: string;
  readonly kind: string;
  /** States, separated by commas. */
  readonly states: string;
  readonly period: string;
}

/** What is asked of the server. What the address says and nobody understands is as good as not there. */
export function wishesOf(network: string, params: EventParams): EventWishes {
  const kind = KINDS.find(known => known === params.kind);
  const states = statesOf(params.states);
  const period = Object.hasOwn(PERIODS, params.period) ? PERIODS[params.period as Period] : undefined;
  return {
    network,
    ...(params.machine !== '' && { machine: params.machine }),
    ...(kind !== undefined && { kind }),
    ...(states.length > 0 && { states }),
    ...(period !== undefined && { from: period }),
  };
}

/** The states that a parameter names. */
export function statesOf(param: string): VerdictState[] {
  const named = param.split(',');
  return STATES.filter(state => named.includes(state));
}

/** The parameter with one state more or less; none and all are the same: empty. */
export function withState(param: string, state: VerdictState): string {
  const named = statesOf(param);
  const next = STATES.filter(known => (known === state) !== named.includes(known));
  return next.length === STATES.length ? '' : next.join(',');
}
