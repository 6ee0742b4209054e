import { cpus, loadavg, uptime } from 'node:os';
import { fsStats, mem, networkStats } from 'systeminformation';
import type { HostReading, HostSource, Mount } from './host-reading.ts';
import { readMounts } from './read-mounts.ts';

/** Every system but Linux, through systeminformation. It starts a few system tools each second. */
export class PortableSource implements HostSource {
  async read(): Promise<HostReading> {
    const [memory, disk, net] = await Promise.all([mem(), fsStats(), networkStats('*')]);
    return {
      atMs: performance.now(),
      cpu: cpuTimes(),
      memory: { usedBytes: memory.total - memory.available, totalBytes: memory.total },
      swap: { usedBytes: memory.swapused, totalBytes: memory.swaptotal },
      // Some systems do not tell; the types do not know that.
      disk: (disk as typeof disk | null) === null ? null : { in: disk.rx, out: disk.wx },
      net: {
        in: net.reduce((sum, card) => sum + card.rx_bytes, 0),
        out: net.reduce((sum, card) => sum + card.tx_bytes, 0),
      },
      interfaces: new Map(
        net.flatMap(({ iface, rx_bytes: received, tx_bytes: sent }) =>
          isLoopback(iface) ? [] : [[iface, { in: received, out: sent }] as const],
        ),
      ),
      load1: loadavg()[0] ?? 0,
      uptimeSeconds: uptime(),
    };
  }

  readMounts(): Promise<readonly Mount[]> {
    return readMounts();
  }
}

/** `lo0` of BSD and macOS, `Loopback Pseudo-Interface 1` of Windows. */
function isLoopback(name: string): boolean {
  return /^lo(\d+$|opback)/i.test(name);
}

function cpuTimes(): HostReading['cpu'] {
  let [busy, idle] = [0, 0];
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    idle += times.idle;
  }
  return { busy, total: busy + idle };
}
