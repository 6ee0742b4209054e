import type { MonitorEntry } from '#config';
import type { StoredMachine, StoredObservation, Verdict } from '#storage';
import { presentObserved, presentVerdict } from '../state/present-state.ts';
import type { Figures } from './service-figures.ts';
import type { Service, Uptime } from './service.dto.ts';
import { targetOf } from './target-of.ts';
import { uptimeOf } from './uptime-of.ts';

/** What is known of a service. */
interface ServiceFacts {
  readonly monitor: MonitorEntry;
  readonly verdict: Verdict | undefined;
  readonly latest: StoredObservation | undefined;
  /** `null`: who asks may not see the past. */
  readonly figures: Figures | null;
}

/** A service as the API shows it. */
export function presentService(
  { machineId, network, name }: StoredMachine,
  { monitor, verdict, latest, figures }: ServiceFacts,
): Service {
  return {
    network,
    name,
    kind: monitor.kind,
    target: targetOf(monitor.parameters),
    intervalMs: monitor.intervalMs,
    verdict: presentVerdict(verdict),
    latest: latest === undefined ? null : presentObserved(latest),
    uptime: figures === null ? null : uptimeIn(figures, machineId),
    latency: figures?.day.get(machineId)?.latencyMs ?? null,
  };
}

function uptimeIn({ day, week, month }: Figures, machineId: number): Uptime {
  return {
    day: uptimeOf(day.get(machineId)),
    week: uptimeOf(week.get(machineId)),
    month: uptimeOf(month.get(machineId)),
  };
}
