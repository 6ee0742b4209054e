import type { Logger } from 'pino';
import type { Access, Clock, Settings } from '#config';
import {
  type AgentTester,
  BackfillPlanner,
  BackfillRunner,
  createMonitors,
  createPluginMonitors,
  DeviceMemoryReader,
  DevicesReader,
  LiveReader,
  PausedMachines,
  ProbePlanner,
  ProbeRunner,
  RollupRunner,
  SecondsReader,
  WatchedMachines,
  WindowCollector,
  WindowPlanner,
  type CollectorParts,
  type PluginDescription,
} from '#collector';
import { SchedulerWatchdog, WorkerHost, type Queues } from '#jobs';
import { VerdictEvaluator, type TransitionAnnouncer } from '#mesh';
import type { Storage } from '#storage';
import type { NetworkFiles } from '../networks/network-files.ts';
import { StorageKeeper } from '../storage-keeper.ts';
import type { Shutdown } from './shutdown.ts';

/** Running jobs get this long to end; what does not is planned again by the next process. */
const STOP_TIMEOUT_MS = 2_000;

interface CollectorNeeds {
  readonly settings: Settings;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly storage: Storage;
  readonly queues: Queues;
  readonly networks: readonly string[];
  readonly networkFiles: NetworkFiles;
  readonly worker: string;
  /** This node's name in each network. */
  readonly observers: ReadonlyMap<string, string>;
  /** The secrets of nodeconf.yml. */
  readonly access: readonly Access[];
  readonly plugins: readonly PluginDescription[];
}

/** The secrets of nodeconf.yml by their names. */
export function accessFinder(entries: readonly Access[]): (name: string) => Access | null {
  const access = new Map(entries.map(entry => [entry.name, entry]));
  return name => access.get(name) ?? null;
}

/** What the collector works with; its monitors are shared by probes, windows and live reads of this process. */
export function createCollectorParts(needs: CollectorNeeds): CollectorParts {
  const { settings, clock, storage, networks, networkFiles } = needs;
  const accessOf = accessFinder(needs.access);
  const paused = new PausedMachines(storage, clock);
  return {
    storage,
    publisher: needs.queues,
    clock,
    log: needs.logger,
    monitors: createMonitors(
      { clock, hostSamples: storage.hostSamples, accessOf },
      createPluginMonitors(needs.plugins, needs.logger),
    ),
    networks: () => networks,
    networkFile: network => networkFiles.current(network),
    paused: network => paused.of(network),
    windowMs: settings.windowMs,
    windowGraceMs: settings.windowGraceMs,
    observerOf: network => needs.observers.get(network) ?? network,
    worker: needs.worker,
  };
}

/** The ticks that the cluster runs once, however many processes there are. */
export function createSchedulers(queues: Queues, log: Logger, clock: Clock): SchedulerWatchdog {
  return new SchedulerWatchdog(queues, { clock, log });
}

interface WorkerNeeds {
  readonly settings: Settings;
  readonly parts: CollectorParts;
  readonly queues: Queues;
  readonly schedulers: SchedulerWatchdog;
  readonly liveReader: LiveReader;
  readonly secondsReader: SecondsReader;
  readonly devicesReader: DevicesReader;
  readonly deviceMemoryReader: DeviceMemoryReader;
  readonly agentTester: AgentTester;
  readonly announcer: TransitionAnnouncer;
  readonly networkFiles: NetworkFiles;
  readonly logger: Logger;
  readonly shutdown: Shutdown;
}

/** Starts the job workers and the schedulers when this process is a worker. */
export async function startWorkers(needs: WorkerNeeds): Promise<void> {
  const { settings, parts, queues, schedulers, logger, shutdown } = needs;
  if (settings.roles.includes('worker')) {
    const workers = new WorkerHost(queues, handlersOf(needs), { label: settings.processLabel, log: logger });
    await workers.start();
    shutdown.add('workers', () => workers.stop(STOP_TIMEOUT_MS));
  }
  await parts.storage.partitions.ensure(parts.clock.now());
  await schedulers.start();
  shutdown.add('schedulers', () => schedulers.stop());
}

function handlersOf({
  settings,
  parts,
  queues,
  liveReader,
  secondsReader,
  devicesReader,
  deviceMemoryReader,
  agentTester,
  announcer,
  networkFiles,
  logger,
}: WorkerNeeds): ConstructorParameters<typeof WorkerHost>[1] {
  const { storage, clock } = parts;
  const machines = new WatchedMachines(storage);
  const backfills = new BackfillPlanner(parts);
  const collector = new WindowCollector(parts);
  return {
    ...new WindowPlanner(parts, backfills).handlers(),
    ...collector.handlers(),
    ...new BackfillRunner(parts, backfills, collector).handlers(),
    ...new RollupRunner(parts).handlers(),
    ...new ProbePlanner(parts, machines).handlers(),
    ...new ProbeRunner(parts, machines).handlers(),
    ...liveReader.handlers(),
    ...secondsReader.handlers(),
    ...devicesReader.handlers(),
    ...deviceMemoryReader.handlers(),
    ...agentTester.handlers(),
    ...new VerdictEvaluator({
      storage,
      publisher: queues,
      clock,
      networkFile: network => networkFiles.current(network),
    }).handlers(),
    ...announcer.handlers(),
    ...new StorageKeeper({ storage, clock, log: logger, retentionMs: settings.retentionMs }).handlers(),
  };
}
