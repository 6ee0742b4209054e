import type { Clock, MonitorEntry } from '#config';
import type { StoredMachine } from '#storage';
import { findAccess, secureContextOf } from '../check/access.ts';
import type { Attempt } from '../check/attempt.ts';
import type { Finding } from '../check/finding.ts';
import { openTls } from '../check/open-tls.ts';
import { runCheck } from '../check/run-check.ts';
import type { KindDeps, Monitor, ProbeResult, ReadLimits } from '../monitor.ts';
import { decideCertificate } from './decide-certificate.ts';
import { tlsParametersOf, type TlsParameters } from './tls-parameters.ts';

/** Makes a TLS handshake and looks at the certificate; nothing is sent after it. */
export class TlsMonitor implements Monitor {
  readonly #clock: Clock;
  readonly #deps: Pick<KindDeps, 'accessOf' | 'names'>;

  constructor({ clock, ...deps }: Pick<KindDeps, 'clock' | 'accessOf' | 'names'>) {
    this.#clock = clock;
    this.#deps = deps;
  }

  probe(machine: StoredMachine, limits: ReadLimits, entry: MonitorEntry): Promise<ProbeResult> {
    const parameters = tlsParametersOf(entry.parameters);
    const host = parameters.host ?? machine.address ?? '';
    return runCheck(limits, attempt => this.#check(attempt, host, parameters));
  }

  async close(): Promise<void> {
    // Each probe closes what it opened.
  }

  async #check(attempt: Attempt, host: string, { port, serverName, days, auth }: TlsParameters): Promise<Finding> {
    const access = findAccess(auth, this.#deps.accessOf);
    if (!access.ok) return access.finding;
    const context = secureContextOf(access.value);
    if (!context.ok) return context.finding;
    const name = serverName ?? host;
    const handshake = { peer: { host, port }, name, context: context.value, protocol: null, names: this.#deps.names };
    const secured = await openTls(attempt, handshake);
    if (!secured.ok) return secured.finding;
    return decideCertificate(secured.value.presented, { name, days }, this.#clock.now());
  }
}
