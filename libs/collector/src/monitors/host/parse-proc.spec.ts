import { expect, test } from 'vitest';
import { parseDiskstats, parseMeminfo, parseNetDev, parseStat, sumOf } from './parse-proc.ts';

test('waiting for disks and stolen time are busy, guest time is not counted twice', () => {
  expect(parseStat('cpu  10 1 5 100 7 2 3 4 9 9\ncpu0 1 1 1 1\n')).toEqual({ busy: 32, total: 132 });
});

test('memory that could be dropped is not used, shared memory is', () => {
  const text =
    'MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 300 kB\nSReclaimable: 40 kB\nShmem: 60 kB\nSwapTotal: 200 kB\nSwapFree: 150 kB\n';
  expect(parseMeminfo(text)).toEqual({
    memory: { usedBytes: 570 * 1024, totalBytes: 1000 * 1024 },
    swap: { usedBytes: 50 * 1024, totalBytes: 200 * 1024 },
  });
});

test('only the named disks count, in sectors of 512 bytes', () => {
  const text = ' 254 0 vda 1 0 100 0 1 0 200 0 0 0 0\n 254 1 vda1 1 0 90 0 1 0 190 0 0 0 0\n';
  expect(parseDiskstats(text, new Set(['vda']))).toEqual({ in: 51_200, out: 102_400 });
  expect(parseDiskstats(text, new Set())).toBeNull();
});

test('each network card is told by itself, and only the named ones are counted together', () => {
  const heads = 'Inter-|   Receive                |  Transmit\n face |bytes    packets errs |bytes    packets errs\n';
  const text = `${heads}    lo: 9 1 0 0 0 0 0 0 9 1\n  eth0:1000 5 0 0 0 0 0 0 2000 5 0\nvlan0.5: 7 1 0 0 0 0 0 0 8 1\n`;
  const interfaces = parseNetDev(text);
  expect([...interfaces]).toEqual([
    ['lo', { in: 9, out: 9 }],
    ['eth0', { in: 1000, out: 2000 }],
    ['vlan0.5', { in: 7, out: 8 }],
  ]);
  expect(sumOf(interfaces, new Set(['eth0', 'vlan0.5']))).toEqual({ in: 1007, out: 2008 });
  expect(sumOf(interfaces, new Set(['wlan0']))).toBeNull();
});
