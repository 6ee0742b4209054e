import { Cleanup } from '../support/cleanup.ts';
import { openDatabase, type Database } from '../support/database.ts';
import { Failure } from '../support/failure.ts';
import { fill } from '../history/fill/fill.ts';
import { NETWORK } from '../history/fill/network.ts';
import { planHistory, readPlan, type HistoryPlan } from '../history/plan.ts';
import { serve } from '../history/queries/served.ts';
import type { Machines } from './history-click.ts';
import type { Options } from './options.ts';
import { adminOf } from './scene.ts';

/** A server with a long history. */
export interface OpenPast extends Machines {
  stop(): Promise<void>;
}

type Wish = Pick<Options, 'machines' | 'days' | 'keep' | 'from'>;

/** The history that the benchmark `history` makes, behind the built server, and as many of its machines as are wished for. */
export async function openPast(wish: Wish): Promise<OpenPast> {
  const own = new Cleanup();
  try {
    const database = own.add(await openDatabase(wish));
    const plan = await filled(database, wish);
    const served = own.add(await serve(database.url, plan.machines, {}));
    const names = served.machines.slice(0, wish.machines + 1).map(({ name }) => name);
    const { url } = served.server;
    return { url, cookie: await adminOf(url), network: NETWORK, names, stop: () => own.run() };
  } catch (error) {
    await own.run();
    throw error;
  }
}

async function filled({ url }: Database, { machines, days, from }: Wish): Promise<HistoryPlan> {
  const found = await readPlan(url);
  if (found === 'foreign') throw new Failure('The database holds something else than a history of a benchmark.');
  if (found !== 'empty') return found;
  if (from !== null) throw new Failure(`--from ${from}: the database there is empty`);
  // One more than are timed: the first visit is not counted.
  const plan = planHistory({ machines: Math.max(5, machines + 1), days }, new Date());
  await fill(url, plan);
  return plan;
}
