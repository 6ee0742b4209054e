import type { MonitorParameters } from '#config';

const PORT = 443;
const DAYS = 14;

/** What a `tls` monitor is told, defaults filled in. */
export interface TlsParameters {
  /** `null`: the machine's own address. */
  readonly host: string | null;
  readonly port: number;
  /** The name that is asked for and that the certificate must be for; `null`: the host. */
  readonly serverName: string | null;
  /** The certificate must be valid for at least this many days more. */
  readonly days: number;
  readonly auth: string | null;
}

/** Reads parameters that have been checked. */
export function tlsParametersOf(parameters: MonitorParameters): TlsParameters {
  const { host, port, server_name, days, auth } = parameters as {
    host?: string;
    port?: number;
    server_name?: string;
    days?: number;
    auth?: string;
  };
  return {
    host: host ?? null,
    port: port ?? PORT,
    serverName: server_name ?? null,
    days: days ?? DAYS,
    auth: auth ?? null,
  };
}
