import { formatDuration, type MonitorEntry } from '#config';
import type { JobLog } from '#jobs';
import type { StoredMachine } from '#storage';
import type { Monitor, ProbeResult, ReadLimits } from '../monitors/monitor.ts';
import { fillParameters } from './fill-parameters.ts';
import type { CheckOrder } from './host/channel.ts';
import type { PluginDescription } from './plugin-description.ts';
import type { Outcome, PluginSession } from './plugin-session.ts';
import { PluginSupervisor, STOPPING } from './plugin-supervisor.ts';
import { readResult } from './read-result.ts';
import { Slots } from './slots.ts';

/** More than this at once wait in line. */
const MAX_CHECKS = 100;
/** A check that had less of its time than this, because it had to wait, accuses nobody. */
const FULL_SHARE = 0.9;

/**
 * The checks of a plugin, made in a process of its own that is started with the first one. Whatever the plugin does
 * becomes a result; when it is not the other side that failed but the plugin, the reason is `unobserved`.
 */
export class PluginMonitor implements Monitor {
  private readonly plugin: PluginDescription;
  private readonly supervisor: PluginSupervisor;
  private readonly slots = new Slots(MAX_CHECKS);

  constructor(plugin: PluginDescription, log: JobLog) {
    this.plugin = plugin;
    this.supervisor = new PluginSupervisor(plugin, log);
  }

  async probe(machine: StoredMachine, limits: ReadLimits, entry: MonitorEntry): Promise<ProbeResult> {
    const startedAt = performance.now();
    const stop = AbortSignal.any([limits.signal, AbortSignal.timeout(limits.timeoutMs)]);
    if (!(await this.slots.take(stop)))
      return this.unobserved(
        limits.signal.aborted ? STOPPING : `${MAX_CHECKS} checks of it were under way all the time`,
      );
    try {
      const session = await Promise.race([this.supervisor.session(), startingUntil(stop)]);
      if (typeof session === 'string') return this.unobserved(limits.signal.aborted ? STOPPING : session);
      const leftMs = limits.timeoutMs - (performance.now() - startedAt);
      const outcome = await this.check(session, { machine, entry, timeoutMs: Math.max(1, Math.round(leftMs)) }, stop);
      return this.present(outcome, limits, leftMs >= FULL_SHARE * limits.timeoutMs);
    } finally {
      this.slots.release();
    }
  }

  close(): Promise<void> {
    return this.supervisor.close();
  }

  private check(
    session: PluginSession,
    { machine, entry, timeoutMs }: { machine: StoredMachine; entry: MonitorEntry; timeoutMs: number },
    stop: AbortSignal,
  ): Promise<Outcome> {
    const address = entry.service ? null : machine.address;
    const parameters = fillParameters(this.plugin, entry.parameters, address);
    return session.check({ parameters, machine: entry.service ? null : asChecked(machine), timeoutMs }, stop);
  }

  private present(outcome: Outcome, limits: ReadLimits, hadItsTime: boolean): ProbeResult {
    switch (outcome.type) {
      case 'result':
        return this.presentResult(outcome);
      case 'threw':
        return this.unobserved(`it threw: ${outcome.message}`);
      case 'ended':
        return this.unobserved(outcome.why);
      case 'stopped':
        if (limits.signal.aborted) return this.unobserved(STOPPING);
        if (!outcome.isAlive) return this.unobserved('its process does not respond');
        if (!hadItsTime) return this.unobserved('it had to wait and had less than its time left');
        return seen({ reason: 'timeout', detail: `no result within ${formatDuration(limits.timeoutMs)}` });
    }
  }

  private presentResult({ result, latencyMs }: Extract<Outcome, { type: 'result' }>): ProbeResult {
    const read = readResult(result);
    if (typeof read === 'string') return this.unobserved(read);
    return seen({ ...read, latencyMs: read.latencyMs ?? (read.reason === null ? latencyMs : null) });
  }

  private unobserved(what: string): ProbeResult {
    return seen({ reason: 'unobserved', detail: `the plugin ${this.plugin.kind}: ${what}` });
  }
}

function seen(result: Pick<ProbeResult, 'reason' | 'detail'> & Partial<ProbeResult>): ProbeResult {
  return {
    latencyMs: null,
    clockOffsetMs: null,
    values: null,
    fullestMount: null,
    measures: null,
    facts: null,
    ...result,
  };
}

function asChecked({ name, address, netdata, labels }: StoredMachine): NonNullable<CheckOrder['machine']> {
  return { name, address, netdata, labels };
}

function startingUntil(stop: AbortSignal): Promise<string> {
  const text = 'its process is still being started';
  return new Promise(resolve => stop.addEventListener('abort', () => resolve(text), { once: true }));
}
