import { Resolver } from 'node:dns/promises';
import { isIP } from 'node:net';
import type { MonitorEntry } from '#config';
import type { StoredMachine } from '#storage';
import type { NameLookups } from '../../reading/name-lookups.ts';
import type { Attempt } from '../check/attempt.ts';
import { decideFailure } from '../check/decide-failure.ts';
import { ended, found, type Finding, type Found } from '../check/finding.ts';
import { showPeer, type Peer } from '../check/peer.ts';
import { runCheck } from '../check/run-check.ts';
import type { Monitor, ProbeResult, ReadLimits } from '../monitor.ts';
import { decideAnswer, decideRefusal, type Question } from './decide-answer.ts';
import { dnsParametersOf } from './dns-parameters.ts';
import { recordText, type RawRecord } from './record-text.ts';

/**
 * A packet can be lost, so a question is asked again after a quarter of the time and, as each wait is twice as long, after
 * three quarters. The third wait would be longer than what is left: our own limit ends it.
 */
const TRIES = 3;
const FIRST_WAIT = 0.25;

const THIS_HOST = 'the resolver of this host';

/** Asks a name server itself, or the resolvers of this host. */
export class DnsMonitor implements Monitor {
  readonly #names: NameLookups;

  constructor(names: NameLookups) {
    this.#names = names;
  }

  probe(machine: StoredMachine, limits: ReadLimits, entry: MonitorEntry): Promise<ProbeResult> {
    const parameters = dnsParametersOf(entry.parameters);
    const server = parameters.server ?? machine.address;
    return runCheck(limits, async attempt => {
      const resolver = new Resolver({ timeout: Math.ceil(limits.timeoutMs * FIRST_WAIT), tries: TRIES });
      attempt.whenOver(() => resolver.cancel());
      const { query, type, expect, port } = parameters;
      const question = { query, type, expect, server: server === null ? THIS_HOST : showPeer({ host: server, port }) };
      if (server === null) return ask(attempt, question, resolver);
      const address = await this.#addressOf(attempt, { host: server, port });
      return address.ok ? ask(attempt, question, resolver, { host: address.value, port }) : address.finding;
    });
  }

  async close(): Promise<void> {
    // Each probe cancels what it asked.
  }

  #addressOf(attempt: Attempt, { host: server, port }: Peer): Promise<Found<string>> {
    if (isIP(server) !== 0) return Promise.resolve(found(server));
    attempt.ifLate('dns', `The name of the server, ${server}, was not resolved`);
    return new Promise(resolve => {
      this.#names.lookup(server, {}, (error, address) => {
        if (typeof address === 'string' && error === null) resolve(found(address));
        else resolve(ended(decideFailure(error, { host: server, port }, 'connecting')));
      });
    });
  }
}

async function ask(attempt: Attempt, question: Question, resolver: Resolver, server?: Peer): Promise<Finding> {
  attempt.ifLate('timeout', `${question.server} gave no answer`);
  try {
    if (server !== undefined) resolver.setServers([showPeer(server)]);
    return decideAnswer(question, await recordsOf(resolver, question));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    return decideRefusal(question, code);
  }
}

async function recordsOf(resolver: Resolver, { query, type }: Question): Promise<string[]> {
  if (isIP(query) !== 0) return resolver.reverse(query);
  const answer = await resolver.resolve(query, type);
  // Its type has more kinds of records than are asked for.
  const records = (Array.isArray(answer) ? answer : [answer]) as readonly RawRecord[];
  return records.map(recordText);
}
