import type { MonitorParameters } from '#config';
import { listOf } from '../check/parameter-problems.ts';

/** The types of records that can be asked for. */
export const RECORD_TYPES = ['A', 'AAAA', 'CAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

const PORT = 53;

/** What a `dns` monitor is told, defaults filled in. */
export interface DnsParameters {
  /** Name or address of the server that is asked; `null`: the machine's own address, or the system's resolvers. */
  readonly server: string | null;
  readonly port: number;
  /** The name that is asked for. */
  readonly query: string;
  readonly type: RecordType;
  /** Answers that must be among those that come; empty: any will do. */
  readonly expect: readonly string[];
}

/** Reads parameters that have been checked. */
export function dnsParametersOf(parameters: MonitorParameters): DnsParameters {
  const { server, port, query, type, expect } = parameters as {
    server?: string;
    port?: number;
    query?: string;
    type?: RecordType;
    expect?: string | string[];
  };
  return {
    server: server ?? null,
    port: port ?? PORT,
    query: query ?? '',
    type: type ?? 'A',
    expect: listOf(expect),
  };
}
