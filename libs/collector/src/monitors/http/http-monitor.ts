import type { MonitorEntry } from '#config';
import type { StoredMachine } from '#storage';
import { BodyBlocks } from '../../reading/body-blocks.ts';
import { findAccess } from '../check/access.ts';
import { wrong } from '../check/finding.ts';
import { bracketed } from '../check/peer.ts';
import { runCheck } from '../check/run-check.ts';
import type { KindDeps, Monitor, ProbeResult, ReadLimits } from '../monitor.ts';
import { ADDRESS, httpParametersOf } from './http-parameters.ts';
import { PageCheck } from './page-check.ts';

/** A longer body is refused, at once when its Content-Length says so. */
const MAX_BODY_BYTES = 1024 * 1024;
/** How many bodies over 64 KiB are read at a time. */
const LARGE_BODIES = 8;

/** Asks for a page and compares the answer with what is expected. Each probe opens connections of its own. */
export class HttpMonitor implements Monitor {
  readonly #deps: HttpDeps;
  readonly #blocks = new BodyBlocks(LARGE_BODIES, MAX_BODY_BYTES);

  constructor(deps: HttpDeps) {
    this.#deps = deps;
  }

  probe(machine: StoredMachine, limits: ReadLimits, entry: MonitorEntry): Promise<ProbeResult> {
    const parameters = httpParametersOf(entry.parameters);
    const url = URL.parse(parameters.url.replace(ADDRESS, bracketed(machine.address ?? '')));
    return runCheck(limits, async attempt => {
      if (url === null) return wrong('unobserved', `The address ${machine.address} cannot stand in a URL.`);
      const access = findAccess(parameters.auth, this.#deps.accessOf);
      if (!access.ok) return access.finding;
      const check = new PageCheck({ ...this.#deps, blocks: this.#blocks, attempt, parameters, access: access.value });
      return check.run(url);
    });
  }

  async close(): Promise<void> {
    // Each probe closes what it opened.
  }
}

type HttpDeps = Pick<KindDeps, 'clock' | 'accessOf' | 'names'>;
