import { Slots } from './plugins/slots.ts';

/** In all: two hours of one machine are some 3 MB, read and thrown away. */
const AT_ONCE = 6;
const AT_ONCE_OF_ONE_MACHINE = 2;

interface Own {
  readonly slots: Slots;
  users: number;
}

/** Lets a few reads through at once, and fewer of any one machine: one that does not answer leaves room for the others. */
export class ReadSlots {
  private readonly all = new Slots(AT_ONCE);
  private readonly byMachine = new Map<number, Own>();

  /** Does the work as soon as there is room. `null`: the signal was aborted before. */
  async run<T>(machineId: number, signal: AbortSignal, work: () => Promise<T | null>): Promise<T | null> {
    const own = this.enter(machineId);
    try {
      return await within(own.slots, signal, () => within(this.all, signal, work));
    } finally {
      own.users -= 1;
      if (own.users === 0) this.byMachine.delete(machineId);
    }
  }

  private enter(machineId: number): Own {
    const own = this.byMachine.get(machineId) ?? { slots: new Slots(AT_ONCE_OF_ONE_MACHINE), users: 0 };
    own.users += 1;
    this.byMachine.set(machineId, own);
    return own;
  }
}

async function within<T>(slots: Slots, signal: AbortSignal, work: () => Promise<T | null>): Promise<T | null> {
  if (!(await slots.take(signal))) return null;
  try {
    return await work();
  } finally {
    slots.release();
  }
}
