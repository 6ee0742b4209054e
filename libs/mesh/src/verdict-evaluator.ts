import { freshMsOf, type Clock, type NetworkFile } from '#config';
import { transitionAnnounceId, type Handlers, type JobMap, type JobPublisher } from '#jobs';
import type { LatestObservation, Storage, Verdict, VerdictChange } from '#storage';
import { evaluateVerdict } from './evaluate-verdict.ts';

/** What the evaluator needs of the world. */
export interface VerdictEvaluatorParts {
  readonly storage: Pick<Storage, 'observations' | 'verdicts'>;
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
    const { observations, verdicts } = this.parts.storage;
    const [latest, current] = await Promise.all([observations.latestOf(job.machines), verdicts.of(job.machines)]);
    const changes = changesOf(job.machines, { file, latest, current }, this.parts.clock.now());
    if (changes.length === 0) return;
    const sequences = await verdicts.change(job.network, changes);
    await this.parts.publisher.publishAll(
      sequences.map(sequence => ({
        name: 'transition.announce',
        id: transitionAnnounceId(sequence, 0),
        payload: { sequence },
      })),
    );
  }
}

interface Known {
  readonly file: NetworkFile;
  readonly latest: readonly LatestObservation[];
  readonly current: readonly Verdict[];
}

function changesOf(machines: readonly number[], known: Known, now: Date): VerdictChange[] {
  const votes = Map.groupBy(known.latest, observation => observation.machineId);
  const verdicts = new Map(known.current.map(verdict => [verdict.machineId, verdict]));
  const freshMs = freshMsOf(known.file);
  return machines.flatMap((machineId): VerdictChange[] => {
    const from = verdicts.get(machineId) ?? null;
    const evidence = { current: from, votes: votes.get(machineId) ?? [], quorum: known.file.quorum, freshMs };
    const { state, reason, because } = evaluateVerdict(evidence, now);
    if (from?.state === state) return [];
    return [{ machineId, from, to: { machineId, state, reason, since: now }, because }];
  });
}
