import type { EntityManager } from '@mikro-orm/postgresql';
import { AppError } from '#config';
import { HostChunkEntity } from './entities/host-chunk.entity.ts';
import { recordset, recordsetParameter } from './recordset.ts';
import type { HostChunk, HostSample } from './types.ts';

/** Seconds of one chunk. It bounds how far before a range a chunk that reaches into it may start. */
const MAX_CHUNK_SECONDS = 600;

/** One second of a host. */
export interface HostSecond {
  readonly second: Date;
  readonly sample: HostSample;
}

/** Seconds of hosts that distomon samples itself, kept as long as an agent would keep them. */
export class HostSamples {
  private readonly em: EntityManager;

  constructor(em: EntityManager) {
    this.em = em;
  }

  /**
   * Keeps a chunk. One with the same machine and start that is there already stays as it is, unless this one is longer:
   * a chunk whose commit was not acknowledged comes again with the seconds since.
   *
   * @throws AppError `CHUNK_TOO_LONG` over 600 seconds.
   */
  async append({ machineId, start, samples }: HostChunk): Promise<void> {
    if (samples.length === 0) return;
    if (samples.length > MAX_CHUNK_SECONDS) {
      throw new AppError(
        'CHUNK_TOO_LONG',
        `A chunk of ${samples.length} seconds; split it, ${MAX_CHUNK_SECONDS} is the most.`,
      );
    }
    await this.em.fork().execute(
      `insert into host_chunk (machine_id, start_at, samples)
       select machine_id, start_at, samples from ${recordset('r', { machine_id: 'integer', start_at: 'timestamptz', samples: 'jsonb' })}
       on conflict (machine_id, start_at) do update set samples = excluded.samples
       where jsonb_array_length(excluded.samples) > jsonb_array_length(host_chunk.samples)`,
      [recordsetParameter([{ machine_id: machineId, start_at: start, samples }])],
    );
  }

  /** The seconds within [from, to) that were sampled, oldest first, each once. */
  async read(machineId: number, from: Date, to: Date): Promise<readonly HostSecond[]> {
    const earliest = new Date(from.getTime() - MAX_CHUNK_SECONDS * 1000);
    const chunks = await this.em
      .fork()
      .find(
        HostChunkEntity,
        { machineId, startAt: { $gt: earliest, $lt: to } },
        { orderBy: { startAt: 'asc' }, disableIdentityMap: true },
      );
    const seconds = new Map<number, HostSample>();
    for (const { startAt, samples } of chunks) {
      samples.forEach((sample, index) => {
        const second = startAt.getTime() + index * 1000;
        if (sample !== null && second >= from.getTime() && second < to.getTime()) seconds.set(second, sample);
      });
    }
    return [...seconds].sort(([a], [b]) => a - b).map(([second, sample]) => ({ second: new Date(second), sample }));
  }

  /** Deletes the chunks that started before `before`. */
  async forget(before: Date): Promise<void> {
    await this.em.fork().execute('delete from host_chunk where start_at < ?', [before]);
  }
}
