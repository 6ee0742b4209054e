import { verdictEvaluateId } from '#jobs';
import type { AuditNote, ExpiredPause } from '#storage';
import type { CollectorParts } from './collector-parts.ts';
import { shardsOf } from './shards.ts';

/** Keeps the verdicts in step with the pauses: `maintenance` from their beginning, whatever job was lost, until their end. */
export class PauseKeeper {
  private readonly parts: Pick<CollectorParts, 'storage' | 'publisher' | 'log'>;

  constructor(parts: Pick<CollectorParts, 'storage' | 'publisher' | 'log'>) {
    this.parts = parts;
  }

  /** What has ended by itself is told; the next probe then says how the machine is. What has begun is judged. */
  async keep(network: string, now: Date): Promise<void> {
    const { pauses } = this.parts.storage;
    const expired = await pauses.closeExpired(network, now, pause => noteOf(network, pause, now));
    for (const { name: machine } of expired) this.parts.log.info({ network, machine }, 'a pause has ended by itself');
    const unjudged = await pauses.unjudged(network, now);
    const shards = shardsOf(unjudged.map(machineId => ({ machineId, via: null })));
    await this.parts.publisher.publishAll(
      shards.map(({ shard, machineIds }) => {
        const payload = { network, machines: machineIds, at: Math.floor(now.getTime() / 1000) };
        return { name: 'verdict.evaluate', id: verdictEvaluateId(payload, `paused-${shard}`), payload };
      }),
    );
  }
}

function noteOf(network: string, { name, until }: ExpiredPause, now: Date): AuditNote {
  const server = { accountId: null, actor: 'server', via: 'server', address: null };
  const subject = `machine:${network}/${name}`;
  return { at: now, ...server, action: 'machine.resume', subject, details: { until: until.toISOString() } };
}
