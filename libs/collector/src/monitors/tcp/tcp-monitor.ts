import type { Socket } from 'node:net';
import type { MonitorEntry } from '#config';
import type { StoredMachine } from '#storage';
import type { NameLookups } from '../../reading/name-lookups.ts';
import type { Attempt } from '../check/attempt.ts';
import { decideFailure } from '../check/decide-failure.ts';
import { fine, type Finding } from '../check/finding.ts';
import { openTcp } from '../check/open-tcp.ts';
import { showPeer, type Peer } from '../check/peer.ts';
import { runCheck } from '../check/run-check.ts';
import type { Monitor, ProbeResult, ReadLimits } from '../monitor.ts';
import { decideGreeting, LARGEST_ANSWER, type Greeting } from './decide-greeting.ts';
import { tcpParametersOf, type TcpParameters } from './tcp-parameters.ts';

/** Connects to a port and, if something is expected, waits for it to be said. */
export class TcpMonitor implements Monitor {
  readonly #names: NameLookups;

  constructor(names: NameLookups) {
    this.#names = names;
  }

  probe(machine: StoredMachine, limits: ReadLimits, entry: MonitorEntry): Promise<ProbeResult> {
    const parameters = tcpParametersOf(entry.parameters);
    const peer = { host: parameters.host ?? machine.address ?? '', port: parameters.port };
    return runCheck(limits, attempt => this.#check(attempt, peer, parameters));
  }

  async close(): Promise<void> {
    // Each probe closes what it opened.
  }

  async #check(attempt: Attempt, peer: Peer, { send, expect }: TcpParameters): Promise<Finding> {
    const opened = await openTcp(attempt, peer, this.#names);
    if (!opened.ok) return opened.finding;
    if (expect === null) return fine(`Accepts connections, in ${Math.round(attempt.elapsedMs)} ms.`);
    if (send !== null) opened.value.write(send);
    return waitFor(attempt, opened.value, { peer, expect });
  }
}

interface Wanted {
  readonly peer: Peer;
  readonly expect: string;
}

/** Reads until it is known whether the answer holds what is expected. */
function waitFor(attempt: Attempt, socket: Socket, { peer, expect }: Wanted): Promise<Finding> {
  const memory = Buffer.allocUnsafe(LARGEST_ANSWER);
  let length = 0;
  const decide = (end: Greeting['end']): Finding =>
    decideGreeting({ peer, answer: memory.subarray(0, length), expect, end });
  attempt.ifLate('timeout', `${showPeer(peer)} accepted the connection, but said nothing`);
  return new Promise(resolve => {
    socket.on('data', piece => {
      length += piece.copy(memory, length);
      attempt.decideLate(() => decide('late'));
      if (memory.subarray(0, length).includes(expect, 0, 'utf8')) resolve(decide('heard'));
      else if (length === LARGEST_ANSWER) resolve(decide('full'));
    });
    socket.once('end', () => resolve(decide('closed')));
    socket.once('error', error => resolve(decideFailure(error, peer, 'connected')));
  });
}
