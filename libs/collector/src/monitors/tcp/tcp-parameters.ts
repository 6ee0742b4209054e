import type { MonitorParameters } from '#config';

/** What a `tcp` monitor is told, defaults filled in. */
export interface TcpParameters {
  /** `null`: the machine's own address. */
  readonly host: string | null;
  readonly port: number;
  readonly send: string | null;
  readonly expect: string | null;
}

/** Reads parameters that have been checked. */
export function tcpParametersOf(parameters: MonitorParameters): TcpParameters {
  const { host, port, send, expect } = parameters as Partial<TcpParameters>;
  return { host: host ?? null, port: port ?? 0, send: send ?? null, expect: expect ?? null };
}
