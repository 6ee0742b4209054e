import { describe, expect, it } from 'vitest';
import { databases } from '../../support/services.ts';
import { later, T0, useStorage, values } from './fixtures.ts';

describe.each(databases())('host samples on $name', ({ url }) => {
  const opened = useStorage(url);
  const read = async (machineId: number, fromMs: number, toMs: number): Promise<[number, number | null][]> => {
    const seconds = await opened.storage.hostSamples.read(machineId, later(fromMs), later(toMs));
    return seconds.map(({ second, sample }) => [second.getTime() - T0.getTime(), sample.cpu]);
  };

  it('gives the sampled seconds of a range, without those that were missed', async () => {
    const { hostSamples } = opened.storage;
    await hostSamples.append({ machineId: 1, start: later(10_000), samples: [values(10), null, values(12.1)] });
    await hostSamples.append({ machineId: 1, start: T0, samples: [values(0), values(1)] });
    await hostSamples.append({ machineId: 2, start: T0, samples: [values(99)] });
    expect(await read(1, 0, 60_000)).toEqual([
      [0, 0],
      [1000, 1],
      [10_000, 10],
      [12_000, 12.1],
    ]);
    expect(await read(1, 1000, 12_000)).toEqual([
      [1000, 1],
      [10_000, 10],
    ]);
  });

  it('a chunk delivered twice is kept once, as it came first', async () => {
    const chunk = { machineId: 3, start: T0, samples: [values(1)] };
    await Promise.all([opened.storage.hostSamples.append(chunk), opened.other.hostSamples.append(chunk)]);
    await opened.storage.hostSamples.append({ ...chunk, samples: [values(2)] });
    expect(await read(3, 0, 1000)).toEqual([[0, 1]]);
  });

  it('a chunk that comes again with more seconds replaces the shorter one, and a shorter one changes nothing', async () => {
    const samples = [values(1), null, values(3)];
    for (const length of [1, 3, 2]) {
      await opened.storage.hostSamples.append({ machineId: 6, start: T0, samples: samples.slice(0, length) });
    }
    expect(await read(6, 0, 60_000)).toEqual([
      [0, 1],
      [2000, 3],
    ]);
  });

  it('the longest chunk is found by its last second, a longer one is refused', async () => {
    const samples = Array.from({ length: 600 }, (_, index) => values(index));
    await opened.storage.hostSamples.append({ machineId: 4, start: T0, samples });
    expect(await read(4, 599_000, 600_000)).toEqual([[599_000, 599]]);
    const tooLong = opened.storage.hostSamples.append({ machineId: 4, start: later(1), samples: [...samples, null] });
    await expect(tooLong).rejects.toMatchObject({ code: 'CHUNK_TOO_LONG' });
  });

  it('forgets what is old', async () => {
    await opened.storage.hostSamples.append({ machineId: 5, start: T0, samples: [values(1)] });
    await opened.storage.hostSamples.append({ machineId: 5, start: later(10_000), samples: [values(2)] });
    await opened.storage.hostSamples.forget(later(10_000));
    expect(await read(5, 0, 60_000)).toEqual([[10_000, 2]]);
  });
});
