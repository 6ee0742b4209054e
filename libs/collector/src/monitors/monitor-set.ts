import { AppError } from '#config';
import type { MetricsMonitor, Monitor } from './monitor.ts';

/** The monitors of one process, one of each kind. */
export class MonitorSet {
  private readonly monitors: ReadonlyMap<string, Monitor>;

  constructor(monitors: Readonly<Record<string, Monitor>>) {
    this.monitors = new Map(Object.entries(monitors));
  }

  /** @throws AppError `UNKNOWN_MONITOR_KIND`: the network file was read with other kinds than these */
  of(kind: string): Monitor {
    const monitor = this.monitors.get(kind);
    if (monitor !== undefined) return monitor;
    throw new AppError('UNKNOWN_MONITOR_KIND', `This process has no monitor of the kind ${kind}.`);
  }

  /** Like {@link of}, for kinds that give metrics. */
  metricsOf(kind: string): MetricsMonitor {
    const monitor = this.of(kind);
    if (isMetricsMonitor(monitor)) return monitor;
    throw new AppError('UNKNOWN_MONITOR_KIND', `A monitor of the kind ${kind} gives no metrics.`);
  }

  /** Frees what they hold. */
  async close(): Promise<void> {
    await Promise.all([...this.monitors.values()].map(monitor => monitor.close()));
  }
}

function isMetricsMonitor(monitor: Monitor): monitor is MetricsMonitor {
  return 'readWindow' in monitor;
}
