import type { Problem } from '#config';

/** An accepted text of a network file. */
export interface NetworkVersion {
  readonly network: string;
  readonly version: number;
  readonly text: string;
  /** `sha256:<hex>` of the text's bytes. */
  readonly hash: string;
  readonly author: string;
  readonly acceptedAt: Date;
}

/** A machine that nobody is to look at for a while. */
export interface MachinePause {
  readonly machineId: number;
  /** The e-mail address of who paused it. */
  readonly by: string;
  readonly since: Date;
  /** When it ends by itself; `null`: when somebody ends it. */
  readonly until: Date | null;
  readonly note: string | null;
}

/** A pause that ended by itself. */
export interface ExpiredPause {
  readonly machineId: number;
  readonly name: string;
  readonly until: Date;
}

/** Why the network file of a process is not the accepted one, and does not become it. */
export interface FileTrouble {
  /** The label of the process whose file it is. */
  readonly process: string;
  readonly since: Date;
  /** A sentence for people. */
  readonly detail: string;
  readonly problems: readonly Pick<Problem, 'line' | 'path' | 'message'>[];
}
