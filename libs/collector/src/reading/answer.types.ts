import type { Reason } from '#config';

/** Limits of one read of an agent, and what to make of its answer. */
export interface ReadOptions<T = unknown> {
  /** The whole read, connecting and body included, is over by then. */
  readonly timeoutMs: number;
  /** Aborted when the process shuts down; the read ends as `unobserved`. */
  readonly signal: AbortSignal;
  /** Makes a value of the body; its bytes are gone afterwards. Default: {@link parseJson}. */
  readonly parse?: (bytes: Buffer) => Parsed<T>;
}

/** Why a read gave nothing to believe. */
export interface Failure {
  readonly ok: false;
  readonly reason: Reason;
  /** A sentence for people. */
  readonly detail: string;
  /** The HTTP status, when it came that far. */
  readonly status: number | null;
}

/** A whole answer with status 200 and a body of JSON, of which nothing else is known unless `parse` made more of it. */
export interface AgentBody<T = unknown> {
  readonly ok: true;
  readonly status: number;
  readonly json: T;
  /** The agent's clock when it answered, whole seconds. `null`: it did not say. */
  readonly date: Date | null;
  /** The `Server` header; Netdata puts its version there. */
  readonly server: string | null;
  /** Our clock when the request was written and when the head of the answer was here. */
  readonly sentAt: Date;
  readonly receivedAt: Date;
}

export type AgentAnswer<T = unknown> = AgentBody<T> | Failure;

/** A value, or why it could not be had. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Failure;

/** A {@link Failure} in one line. */
export function failure(reason: Reason, detail: string, status: number | null = null): Failure {
  return { ok: false, reason, detail, status };
}
