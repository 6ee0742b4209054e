import type { MachineKind, VerdictState, VerdictTransition } from './types.ts';

/** A change of state in the life of a network. */
export interface StateEvent extends Omit<VerdictTransition, 'machineId'> {
  /** Names the change, and never another one. */
  readonly eventId: number;
  readonly kind: MachineKind;
  /** The name that it has now, or had last. */
  readonly machine: string;
  /** The network file does not name it any more. */
  readonly removed: boolean;
  /** How long the state before lasted, in whole seconds; `null`: there was none, or its beginning is not kept any more. */
  readonly lastedSeconds: number | null;
}

/** Which changes are wished for; all that is said has to hold. */
export interface EventWish {
  readonly network: string;
  /** Only those before this one, in the order in which they are given; `null`: from the newest on. */
  readonly before: number | null;
  readonly limit: number;
  /** At or after this. */
  readonly from?: Date;
  /** Before this. */
  readonly to?: Date;
  /** Of the machine or service of this name, also of one that was removed. */
  readonly machine?: string;
  readonly kind?: MachineKind;
  /** Into one of these states. */
  readonly states?: readonly VerdictState[];
}
