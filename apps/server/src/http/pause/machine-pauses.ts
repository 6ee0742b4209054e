import { type Actor, type AuditAction, noteOf } from '#auth';
import type { Clock } from '#config';
import { type JobPublisher, verdictEvaluateId } from '#jobs';
import type { AuditNote, MachinePause, Storage, StoredMachine } from '#storage';

/** What pausing needs of the world. */
interface MachinePausesParts {
  readonly storage: Pick<Storage, 'pauses'>;
  readonly publisher: JobPublisher;
  readonly clock: Clock;
}

/** Pauses machines and resumes them. Run-time state: the network file says nothing of it. */
export class MachinePauses {
  private readonly parts: MachinePausesParts;

  constructor(parts: MachinePausesParts) {
    this.parts = parts;
  }

  /** The pauses of these machines by their ids, those that are not over. */
  async of(machineIds: readonly number[]): Promise<ReadonlyMap<number, MachinePause>> {
    const pauses = await this.parts.storage.pauses.of(machineIds, this.parts.clock.now());
    return new Map(pauses.map(pause => [pause.machineId, pause]));
  }

  /** Nobody looks at the machine until then, or until it is resumed. One that is paused already gets this end and note. */
  async begin(machine: StoredMachine, wish: Pick<MachinePause, 'until' | 'note'>, by: Actor): Promise<MachinePause> {
    const now = this.parts.clock.now();
    const { machineId } = machine;
    const details = { until: wish.until?.toISOString() ?? null, note: wish.note };
    const pause = { machineId, by: by.actor, since: now, ...wish };
    await this.parts.storage.pauses.begin(pause, auditNote('machine.pause', machine, { now, by, details }));
    await this.judge(machine, now);
    return (await this.of([machineId])).get(machineId) ?? pause;
  }

  /** The next probe says how the machine is; until then it is held to be in maintenance. */
  async end(machine: StoredMachine, by: Actor): Promise<void> {
    const now = this.parts.clock.now();
    const note = auditNote('machine.resume', machine, { now, by, details: {} });
    await this.parts.storage.pauses.end(machine.machineId, now, note);
  }

  /** So that nobody has to wait for the next tick; that one finds it too, should the job be lost. */
  private async judge({ network, machineId }: StoredMachine, now: Date): Promise<void> {
    const payload = { network, machines: [machineId], at: Math.floor(now.getTime() / 1000) };
    const id = verdictEvaluateId(payload, `pause-${machineId}-${now.getTime()}`);
    await this.parts.publisher.publish({ name: 'verdict.evaluate', id, payload }).catch(() => undefined);
  }
}

function auditNote(
  action: AuditAction,
  { network, name }: StoredMachine,
  { now, by, details }: { readonly now: Date; readonly by: Actor; readonly details: AuditNote['details'] },
): AuditNote {
  return noteOf(now, by, action, { subject: `machine:${network}/${name}`, details });
}
