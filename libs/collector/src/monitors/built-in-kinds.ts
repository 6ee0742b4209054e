import { DNS } from './dns/dns-kind.ts';
import { HOST } from './host/host-kind.ts';
import { HTTP } from './http/http-kind.ts';
import type { BuiltInKind } from './monitor.ts';
import { NETDATA } from './netdata/netdata-kind.ts';
import { TCP } from './tcp/tcp-kind.ts';
import { TLS } from './tls/tls-kind.ts';

/** Every kind that needs no plugin. A new one is a folder beside these and a line here. */
export const BUILT_IN_KINDS: readonly BuiltInKind[] = [NETDATA, HOST, HTTP, TCP, TLS, DNS];
