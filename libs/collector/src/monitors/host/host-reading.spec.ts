import { expect, test } from 'vitest';
import { deriveInterfaces, presentMounts, type ByteCounters, type HostReading } from './host-reading.ts';

const GIB = 1024 ** 3;

function reading(atMs: number, interfaces: Readonly<Record<string, ByteCounters>>): HostReading {
  return { atMs, interfaces: new Map(Object.entries(interfaces)) } as unknown as HostReading;
}

test('what went through each interface is counted for a second, by name', () => {
  const before = reading(1_000, { eth1: { in: 5, out: 5 }, eth0: { in: 1_000, out: 2_000 } });
  const now = reading(3_000, { eth1: { in: 5, out: 5 }, eth0: { in: 2_000, out: 2_500 } });
  expect(deriveInterfaces(before, now)).toEqual([
    { name: 'eth0', in: 500, out: 250 },
    { name: 'eth1', in: 0, out: 0 },
  ]);
});

test.each<[string, Readonly<Record<string, ByteCounters>>, Readonly<Record<string, ByteCounters>>, unknown]>([
  ['whose counters were reset', { a: { in: 9, out: 9 } }, { a: { in: 1, out: 10 } }, [{ name: 'a', in: null, out: 1 }]],
  ['that has just come', {}, { a: { in: 1, out: 1 } }, [{ name: 'a', in: null, out: null }]],
  ['that has gone', { a: { in: 1, out: 1 } }, {}, []],
])('an interface %s has no value where there is none', (_what, before, now, expected) => {
  expect(deriveInterfaces(reading(0, before), reading(1_000, now))).toEqual(expected);
});

test('mounts are shown by path, each once, and none that has no size', () => {
  const mount = (path: string, usedGib: number, availableGib: number, totalGib: number) => ({
    path,
    usedBytes: usedGib * GIB,
    availableBytes: availableGib * GIB,
    totalBytes: totalGib * GIB,
  });
  const mounts = [mount('/var', 1, 3, 5), mount('/proc', 0, 0, 0), mount('/', 2, 2, 4), mount('/var', 9, 9, 20)];
  expect(presentMounts(mounts)).toEqual([
    { mount: '/', usedPercent: 50, usedBytes: 2 * GIB, totalBytes: 4 * GIB },
    { mount: '/var', usedPercent: 25, usedBytes: GIB, totalBytes: 5 * GIB },
  ]);
});
