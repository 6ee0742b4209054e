import { readdir, readFile, readlink } from 'node:fs/promises';
import { loadavg, uptime } from 'node:os';
import type { HostReading, HostSource, Mount } from './host-reading.ts';
import { parseDiskstats, parseMeminfo, parseNetDev, parseStat, sumOf } from './parse-proc.ts';
import { readMounts } from './read-mounts.ts';

const LOOPBACK = 'lo';

interface Devices {
  readonly disks: ReadonlySet<string>;
  readonly interfaces: ReadonlySet<string>;
}

/**
 * Linux: four small files of /proc a second. systeminformation would start several shells each second for the same
 * numbers (and its load knows no iowait), so it is used only for the file systems.
 */
export class ProcSource implements HostSource {
  #devices: Devices | null = null;

  async read(): Promise<HostReading> {
    const devices = (this.#devices ??= await findDevices());
    const [stat, meminfo, diskstats, netDev] = await Promise.all(
      ['stat', 'meminfo', 'diskstats', 'net/dev'].map(name => readFile(`/proc/${name}`, 'latin1')),
    );
    const interfaces = parseNetDev(netDev ?? '');
    interfaces.delete(LOOPBACK);
    return {
      atMs: performance.now(),
      cpu: parseStat(stat ?? ''),
      ...parseMeminfo(meminfo ?? ''),
      disk: parseDiskstats(diskstats ?? '', devices.disks),
      net: sumOf(interfaces, devices.interfaces),
      interfaces,
      load1: loadavg()[0] ?? 0,
      uptimeSeconds: uptime(),
    };
  }

  /** Also looks for disks and network cards that came or went. */
  async readMounts(): Promise<readonly Mount[]> {
    this.#devices = await findDevices();
    return readMounts();
  }
}

async function findDevices(): Promise<Devices> {
  const disks = await devicesIn('/sys/block');
  const interfaces = await devicesIn('/sys/class/net');
  const cards = interfaces.filter(device => !device.virtual);
  // A container has only virtual cards: then they are what carries its traffic.
  const counted = cards.length > 0 ? cards : interfaces.filter(device => device.name !== LOOPBACK);
  return { disks: namesOf(disks.filter(device => !device.virtual)), interfaces: namesOf(counted) };
}

/** Loops, RAM disks, bridges and the like lie below /devices/virtual: counting them would count the same bytes twice. */
async function devicesIn(directory: string): Promise<{ name: string; virtual: boolean }[]> {
  const names = await readdir(directory).catch(() => []);
  return Promise.all(
    names.map(async name => {
      const target = await readlink(`${directory}/${name}`).catch(() => '/virtual/');
      return { name, virtual: target.includes('/virtual/') };
    }),
  );
}

function namesOf(devices: readonly { name: string }[]): ReadonlySet<string> {
  return new Set(devices.map(device => device.name));
}
