import type { Clock, NetworkFile } from '#config';
import { transitionAnnounceId, type Handlers, type JobMap, type JobPublisher } from '#jobs';
import type { JudgedMachine, Storage, VerdictChange } from '#storage';
import { evaluateVerdict } from './evaluate-verdict.ts';
import { votesOf } from './votes-of.ts';

/** What the evaluator needs of the world. */
export interface VerdictEvaluatorParts {
  readonly storage: Pick<Storage, 'verdicts'>;
  readonly publisher: JobPublisher;
  readonly clock: Clock;
  /** The accepted network file, or `null` when there is no such network. */
  readonly networkFile: (network: string) => Promise<NetworkFile | null>;
}

/**
 * Turns stored observations into verdicts. Only the writer who wins the compare-and-set writes the transition, so that
 * two workers given the same job announce a change once.
 */
export class VerdictEvaluator {
  private readonly parts: VerdictEvaluatorParts;

  constructor(parts: VerdictEvaluatorParts) {
    this.parts = parts;
  }

  /** The handlers of this class's jobs. */
  handlers(): Handlers<'verdict.evaluate'> {
    return { 'verdict.evaluate': payload => this.evaluate(payload) };
  }

  private async evaluate(job: JobMap['verdict.evaluate']): Promise<void> {
    const file = await this.parts.networkFile(job.network);
    if (file === null) return;
    const { verdicts } = this.parts.storage;
    const decide = (machines: readonly JudgedMachine[]): VerdictChange[] =>
      changesOf(machines, file, this.parts.clock.now());
    const changes = decide(await verdicts.judged(job.machines));
    if (changes.length === 0) return;
    // Decided again by the one who writes, alone and on what is known by then: others may have had to be waited for.
    const sequences = await verdicts.change(
      job.network,
      changes.map(({ machineId }) => machineId),
      decide,
    );
    await this.parts.publisher.publishAll(
      sequences.map(sequence => ({
        name: 'transition.announce',
        id: transitionAnnounceId(sequence, 0),
        payload: { sequence },
      })),
    );
  }
}

function changesOf(machines: readonly JudgedMachine[], file: NetworkFile, now: Date): VerdictChange[] {
  return machines.flatMap((machine): VerdictChange[] => {
    const { machineId, current, pause } = machine;
    const votes = votesOf(file, machine);
    const { state, reason, because } = evaluateVerdict({ current, votes, quorum: file.quorum, pause }, now);
    if (current?.state === state) return [];
    return [{ machineId, from: current, to: { machineId, state, reason, since: now }, because }];
  });
}
