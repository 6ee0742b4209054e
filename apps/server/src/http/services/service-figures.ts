import type { Clock } from '#config';
import type { CheckSummary, Storage } from '#storage';

const DAY_MS = 86_400_000;
/** How long a look is believed: for 300 services it costs the database a quarter of a second. */
const FRESH_MS = 10_000;

/** What the checks of some services saw, by machine id; a service without a check is not in it. */
type Sums = ReadonlyMap<number, CheckSummary>;

/** What the checks of services saw in the last day, the last 7 days and the last 30. */
export interface Figures {
  readonly day: Sums;
  readonly week: Sums;
  readonly month: Sums;
}

/** How the services of a network were lately. Many who ask, page after page, cost one look at the database now and then. */
export class ServiceFigures {
  private readonly storage: Pick<Storage, 'machines' | 'observations'>;
  private readonly clock: Clock;
  private readonly looks = new Map<string, { readonly at: number; readonly figures: Promise<Figures> }>();

  constructor(storage: Pick<Storage, 'machines' | 'observations'>, clock: Clock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** The figures of all services of a network, from windows that start within each period; all periods end now. */
  of(network: string): Promise<Figures> {
    const last = this.looks.get(network);
    if (last !== undefined && performance.now() - last.at < FRESH_MS) return last.figures;
    const figures = this.look(network);
    this.looks.set(network, { at: performance.now(), figures });
    figures.catch(() => this.looks.delete(network)); // a failed look is not remembered
    return figures;
  }

  private async look(network: string): Promise<Figures> {
    const now = this.clock.now();
    const watched = await this.storage.machines.listWatched(network);
    const ids = watched.filter(({ kind }) => kind === 'service').map(({ machineId }) => machineId);
    const sumsOf = async (days: number): Promise<Sums> => {
      const from = new Date(now.getTime() - days * DAY_MS);
      const sums = await this.storage.observations.checkSummary(ids, from, now);
      return new Map(sums.map(sum => [sum.machineId, sum]));
    };
    const [day, week, month] = await Promise.all([sumsOf(1), sumsOf(7), sumsOf(30)]);
    return { day, week, month };
  }
}
