import type { Access, Clock, MetricValues, MonitorEntry, MonitorKind, Reason, Window } from '#config';
import type { AgentFacts, MetricRow, StoredMachine } from '#storage';
import type { DeviceHistoryReading, DeviceName, DevicesReading } from '../devices.types.ts';
import type { NameLookups } from '../reading/name-lookups.ts';
import type { SecondColumns } from '../seconds-reader.types.ts';
import type { HostSampleStore } from './host/host-sample-store.ts';

/** What one probe saw, before it is known who looked and when it was due. */
export interface ProbeResult {
  /** `null`: reachable. `unobserved`: we could not look, which says nothing about the machine. */
  readonly reason: Reason | null;
  /** A sentence for people: what is wrong and what to do, or what was found. */
  readonly detail: string | null;
  /** `null`: nothing was measured. */
  readonly latencyMs: number | null;
  readonly clockOffsetMs: number | null;
  /** The metrics of a machine; `null` from a monitor that only checks. */
  readonly values: MetricValues | null;
  readonly fullestMount: string | null;
  /** What else was measured, by name: `daysLeft` of a certificate, `status` of a page, charts of an agent. */
  readonly measures: Readonly<Record<string, number>> | null;
  /** Set when something was learned about the agent that should be kept. */
  readonly facts: AgentFacts | null;
}

/** What reading one window gave: the metrics, or why there are none. */
export type WindowReading =
  | {
      readonly reason: null;
      readonly metrics: MetricRow['metrics'];
      readonly charts: MetricRow['charts'];
      readonly fullestMount: string | null;
      readonly clockOffsetMs: number | null;
      /** Whether everything was there up to the window's end; what was not may come yet. */
      readonly reachesEnd: boolean;
    }
  | {
      readonly reason: Reason;
      readonly detail: string;
      /** It answered for just this window, and has not one second of it. Any other failure says nothing of the window. */
      readonly isEmpty?: true;
      /** Nobody was to look at the machine: it is not asked again. */
      readonly isPaused?: true;
    };

/** The seconds (from, to]. */
export interface SecondsRange {
  readonly from: Date;
  readonly to: Date;
}

/** What reading the seconds of a range gave, or why there are none. */
export type SecondsReading =
  | { readonly reason: null; readonly seconds: SecondColumns }
  | { readonly reason: Reason; readonly detail: string };

/** Limits of one read. */
export interface ReadLimits {
  /** The whole read, body included, must be over by then. */
  readonly timeoutMs: number;
  /** Aborted when the process shuts down. */
  readonly signal: AbortSignal;
}

/**
 * One kind of check. An implementation never throws for anything that the other side does: whatever happens out there
 * becomes a {@link Reason}. It keeps its memory bounded whatever is sent to it.
 */
export interface Monitor {
  /** One check of one machine or service. */
  probe(machine: StoredMachine, limits: ReadLimits, entry: MonitorEntry): Promise<ProbeResult>;
  /** Frees sockets, timers and processes. */
  close(): Promise<void>;
}

/** A kind that gives the values of a machine and its rows. */
export interface MetricsMonitor extends Monitor {
  /** Where its values come from, as a row says it. */
  readonly source: 'agent' | 'host';
  /** The values of this very second, for somebody who looks. `null`: not reachable. */
  live(machine: StoredMachine, limits: ReadLimits): Promise<MetricValues | null>;
  /** The exact summary of a window that is over. */
  readWindow(machine: StoredMachine, window: Window, limits: ReadLimits): Promise<WindowReading>;
  /** The instant before which the machine surely has no second. `null`: it does not say. */
  knowsSince(machine: StoredMachine, limits: ReadLimits): Promise<Date | null>;
  /**
   * The values of each second of a range, as far as they are there: of a part of it what there is, of nothing `no_data`. Both
   * ends are at full seconds, and no further apart than `MAX_SECONDS`. Time that has not happened yet by the clock of the
   * machine is cut off.
   */
  readSeconds(machine: StoredMachine, range: SecondsRange, limits: ReadLimits): Promise<SecondsReading>;
  /** The mounts and network interfaces of this very second, for somebody who looks. */
  devices(machine: StoredMachine, limits: ReadLimits): Promise<DevicesReading>;
  /** What the machine itself remembers of one of them. `no_data`: nothing of this time, or it has no such device. */
  recallDevice(
    machine: StoredMachine,
    device: DeviceName,
    range: SecondsRange,
    limits: ReadLimits,
  ): Promise<DeviceHistoryReading>;
}

/** What monitors need from outside. */
export interface MonitorDeps {
  readonly clock: Clock;
  readonly hostSamples: HostSampleStore;
  /** The secret of nodeconf.yml that has this name; `null`: there is none. */
  readonly accessOf: (name: string) => Access | null;
}

/** What a built-in kind gets: what comes from outside, and what all of them share. */
export interface KindDeps extends MonitorDeps {
  /** Of the few threads that look-ups share with file reads, each instance may take some: so there is one. */
  readonly names: NameLookups;
}

/** A kind that is built in: what a network file may say of it, and what does the work. */
export interface BuiltInKind extends MonitorKind {
  /** Nothing is opened or started before it is used. */
  readonly create: (deps: KindDeps) => Monitor;
}
