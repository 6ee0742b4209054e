import { freshMsOf, monitorsOf, servicesOf, type MonitorEntry, type NetworkFile } from '#config';
import type { JudgedMachine } from '#storage';
import type { Vote } from './evaluate-verdict.ts';

/**
 * What was seen by the monitors that speak about this machine or service. What others saw counts nothing: those that only
 * check something on it, and those that are not in the file any more or do not look at it any more.
 */
export function votesOf(file: NetworkFile, machine: JudgedMachine): Vote[] {
  const speakers = new Map(speakersOf(file, machine).map(monitor => [monitor.name, monitor]));
  return machine.seen.flatMap(seen => {
    const monitor = speakers.get(seen.monitor);
    return monitor === undefined ? [] : [{ ...seen, freshMs: freshMsOf(monitor) }];
  });
}

/**
 * A machine is what those say that read its metrics: an agent that is gone has to be told although a port still answers.
 * Where nobody reads any, all its checks speak. A service has one monitor.
 */
function speakersOf(file: NetworkFile, machine: JudgedMachine): MonitorEntry[] {
  if (machine.kind === 'service') return servicesOf(file).filter(monitor => monitor.name === machine.name);
  const looking = monitorsOf(file, machine);
  const reading = looking.filter(monitor => monitor.gives === 'metrics');
  return reading.length > 0 ? reading : looking;
}
