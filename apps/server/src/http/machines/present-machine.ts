import type { StoredMachine, StoredObservation, Verdict } from '#storage';
import type { Latest, Machine, VerdictView } from './machine.dto.ts';

/** A machine as the API shows it. */
export function presentMachine(
  machine: StoredMachine,
  verdict: Verdict | undefined,
  latest: StoredObservation | undefined,
): Machine {
  return {
    network: machine.network,
    name: machine.name,
    kind: machine.host ? 'host' : 'netdata',
    labels: machine.labels,
    via: machine.via,
    agent: presentAgent(machine),
    verdict: presentVerdict(verdict),
    latest: latest === undefined ? null : presentLatest(latest),
  };
}

function presentAgent({ agent }: StoredMachine): Machine['agent'] {
  return agent === null
    ? null
    : { version: agent.version, os: agent.os, cores: agent.cores, memoryBytes: agent.memoryBytes };
}

function presentVerdict(verdict: Verdict | undefined): VerdictView {
  if (verdict === undefined) return { state: 'unknown', reason: null, since: null };
  return { state: verdict.state, reason: verdict.reason, since: verdict.since.toISOString() };
}

function presentLatest(latest: StoredObservation): Latest {
  return {
    observedAt: latest.observedAt.toISOString(),
    reachable: latest.reason === null,
    reason: latest.reason,
    latencyMs: latest.latencyMs,
    clockOffsetMs: latest.clockOffsetMs,
    misses: latest.misses,
    since: latest.since.toISOString(),
    values: latest.values,
    valuesAt: latest.valuesAt?.toISOString() ?? null,
    fullestMount: latest.fullestMount,
  };
}
