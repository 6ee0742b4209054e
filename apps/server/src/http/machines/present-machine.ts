import type { MachinePause, StoredMachine, StoredObservation, Verdict } from '#storage';
import { presentPause } from '../pause/present-pause.ts';
import { presentObserved, presentVerdict } from '../state/present-state.ts';
import type { Latest, Machine, MachineCheck } from './machine.dto.ts';
import type { CheckOfMachine, ObservationsOfMachine } from './observations-of.ts';

/** A machine as the API shows it. */
export function presentMachine(
  machine: StoredMachine,
  verdict: Verdict | undefined,
  { latest, checks }: ObservationsOfMachine,
  pause?: MachinePause,
): Machine {
  return {
    network: machine.network,
    name: machine.name,
    kind: machine.host ? 'host' : 'netdata',
    labels: machine.labels,
    via: machine.via,
    agent: presentAgent(machine),
    address: machine.address,
    verdict: presentVerdict(verdict),
    pause: presentPause(pause),
    latest: latest === undefined ? null : presentLatest(latest),
    checks: checks.map(presentCheck),
  };
}

function presentAgent({ agent }: StoredMachine): Machine['agent'] {
  return agent === null
    ? null
    : { version: agent.version, os: agent.os, cores: agent.cores, memoryBytes: agent.memoryBytes };
}

function presentLatest(latest: StoredObservation): Latest {
  return {
    ...presentObserved(latest),
    clockOffsetMs: latest.clockOffsetMs,
    values: latest.values,
    valuesAt: latest.valuesAt?.toISOString() ?? null,
    fullestMount: latest.fullestMount,
  };
}

function presentCheck({ monitor, observation }: CheckOfMachine): MachineCheck {
  return { monitor: monitor.name, kind: monitor.kind, ...presentObserved(observation) };
}
