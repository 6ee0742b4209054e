import type { Access } from '#config';
import type { StoredMachine } from '#storage';
import { agentTarget, type AgentTarget } from '../../reading/agent-target.ts';
import { failure, type Parsed } from '../../reading/answer.types.ts';
import { credentialsOf, NO_CREDENTIALS, type Credentials } from '../../reading/credentials.ts';

const MAX_REMEMBERED = 20_000;

const ANONYMOUS: Parsed<Credentials> = { ok: true, value: NO_CREDENTIALS };
const NO_AGENT = failure('unobserved', 'This machine has no Netdata agent.');

/** Where each machine's agent is and how it is asked. Made once: the next request costs a look-up. */
export class AgentTargets {
  readonly #accessOf: (name: string) => Access | null;
  readonly #credentials = new WeakMap<Access, Parsed<Credentials>>();
  readonly #targets = new Map<string, Parsed<AgentTarget>>();

  /** @param accessOf the secret of nodeconf.yml that has this name */
  constructor(accessOf: (name: string) => Access | null) {
    this.#accessOf = accessOf;
  }

  /** `unobserved`: it cannot be asked, for a reason that is ours. */
  of({ netdata, auth }: Pick<StoredMachine, 'netdata' | 'auth'>): Parsed<AgentTarget> {
    if (netdata === null) return NO_AGENT;
    const credentials = auth === null ? ANONYMOUS : this.#credentialsOf(auth);
    if (!credentials.ok) return credentials;
    const key = auth === null ? netdata : `${auth} ${netdata}`;
    const known = this.#targets.get(key);
    if (known !== undefined && (!known.ok || known.value.credentials === credentials.value)) return known;
    if (this.#targets.size >= MAX_REMEMBERED) this.#targets.clear();
    const target = targetOf(netdata, credentials.value);
    this.#targets.set(key, target);
    return target;
  }

  #credentialsOf(name: string): Parsed<Credentials> {
    const access = this.#accessOf(name);
    if (access === null) return failure('unobserved', unknownAuth(name));
    const known = this.#credentials.get(access);
    if (known !== undefined) return known;
    const credentials = credentialsOf(access);
    this.#credentials.set(access, credentials);
    return credentials;
  }
}

function targetOf(base: string, credentials: Credentials): Parsed<AgentTarget> {
  const url = URL.parse(base);
  return url !== null && ['http:', 'https:'].includes(url.protocol)
    ? { ok: true, value: agentTarget(url, credentials) }
    : failure('bad_response', 'The address of its agent is not an http or https URL.');
}

function unknownAuth(name: string): string {
  return `nodeconf.yml has no auth "${name}"; add it there (docs/agents.md) and start distomon again.`;
}
