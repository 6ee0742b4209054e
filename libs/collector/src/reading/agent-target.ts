import type { Credentials } from './credentials.ts';

/** Where an agent is and how it is asked: taken apart once for all of its requests. */
export interface AgentTarget {
  readonly origin: string;
  /** Host and port, as people are told. */
  readonly host: string;
  /** What stands before the path of every request: that of a parent or a proxy. Without a trailing slash. */
  readonly path: string;
  readonly credentials: Credentials;
}

/** @param base an http or https URL without a query; it may have a path */
export function agentTarget(base: URL, credentials: Credentials): AgentTarget {
  return { origin: base.origin, host: base.host, path: base.pathname.replace(/\/+$/, ''), credentials };
}
