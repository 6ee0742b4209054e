import type { AuditItem } from '../../../api/people-client.ts';
import { onDemand } from '../../../messages/intl.ts';
import { LOCALE } from '../../../messages/language.ts';
import { counted, fill, messages } from '../../../messages/text.ts';

/** What a sentence is made of. */
export type DidFacts = Pick<AuditItem, 'action' | 'subject' | 'details'>;

type Details = DidFacts['details'];

const texts = messages.audit.did;
const list = onDemand(() => new Intl.ListFormat(LOCALE, { type: 'conjunction' }));

/** What was done, in a sentence that follows the name of who did it. An action that is new is named as the server does. */
export function didText({ action, subject, details }: DidFacts): string {
  return sentenceFor(action)(details, subject);
}

function sentenceFor(action: string): Sentence {
  const known = Object.hasOwn(SENTENCES, action) ? SENTENCES[action] : undefined;
  return known ?? (() => labelOf(action));
}

/** The name of a kind of entry. */
export function labelOf(action: string): string {
  return wordOf(messages.audit.action, action) ?? action;
}

type Sentence = (details: Details, subject: string | null) => string;

const SENTENCES: Readonly<Record<string, Sentence>> = {
  'setup.finish': details => fill(texts.setup, { email: emailOf(details) }),
  'session.begin': ({ method }) => wordOf(texts.begin, method) ?? texts.begin.other,
  'session.end': () => texts.end,
  'session.revoke': details =>
    fill(wordOf(texts.revoke, details['sessions']) ?? texts.revoke.one, { email: emailOf(details) }),
  'sign_in.fail': failText,
  'sign_in.delay': () => texts.delay,
  'password.change': () => texts.password,
  'link.create': details =>
    fill(wordOf(texts.link, details['purpose']) ?? labelOf('link.create'), { email: emailOf(details) }),
  'link.use': ({ purpose }) => wordOf(texts.linkUse, purpose) ?? labelOf('link.use'),
  'account.create': createText,
  'account.change': changeText,
  'account.disable': details => fill(texts.disable, { email: emailOf(details) }),
  'account.enable': details => fill(texts.enable, { email: emailOf(details) }),
  'account.delete': details => fill(texts.remove, { email: emailOf(details) }),
  'token.create': ({ name }) => fill(texts.token.create, { name: textOf(name) ?? messages.table.noValue }),
  'token.revoke': () => texts.token.revoke,
  'network.change': networkText,
  'machine.test': ({ netdata, auth }) =>
    fill(texts.test, {
      address: textOf(netdata) ?? messages.table.noValue,
      auth: textOf(auth) ?? messages.table.noValue,
    }),
  'machine.pause': (_, subject) => fill(texts.pause, { machine: nameOfSubject(subject) }),
  'machine.resume': (_, subject) => fill(texts.resume, { machine: nameOfSubject(subject) }),
};

function failText({ purpose, reason }: Details): string {
  if (purpose === 'password-change') return texts.failChange;
  return wordOf(texts.fail, reason) ?? texts.fail.other;
}

function createText(details: Details): string {
  const { invited, google } = texts.create;
  const role = wordOf(texts.role, details['role']) ?? messages.table.noValue;
  return fill(details['google'] === 'linked' ? google : invited, { email: emailOf(details), role });
}

function changeText(details: Details): string {
  const email = emailOf(details);
  const { change, changed } = texts;
  if (details['google'] === 'linked') return fill(change.google, { email });
  const keys = (Object.keys(changed) as (keyof typeof changed)[]).filter(key => Object.hasOwn(details, key));
  const [key] = keys;
  if (key === undefined) return fill(change.other, { email });
  if (keys.length > 1) return fill(change.several, { email, what: list().format(keys.map(one => changed[one])) });
  return CHANGES[key](email, nextOf(details[key]));
}

/** One thing that was changed, by what it became. */
const CHANGES: Readonly<Record<keyof typeof texts.changed, (email: string, to: unknown) => string>> = {
  role: (email, to) => fill(texts.change.role, { email, role: wordOf(texts.role, to) ?? messages.table.noValue }),
  networks: (email, to) => fill(texts.change.networks, { email, networks: networksText(to) }),
  name: (email, to) =>
    to === '' ? fill(texts.change.nameless, { email }) : fill(texts.change.name, { email, name: textOf(to) ?? '' }),
};

const NETWORK_CHANGES = ['added', 'changed', 'removed'] as const;

/** Which machines came, went or are different, where it was but one of these. */
function networkText(details: Details, subject: string | null): string {
  const network = nameOfSubject(subject);
  const [only, ...others] = NETWORK_CHANGES.filter(kind => machinesText(details[kind]) !== null);
  if (only === undefined || others.length > 0) return fill(texts.network.other, { network });
  return fill(texts.network[only], { network, machines: machinesText(details[only]) ?? '' });
}

/** Their names, or of many how many; `null`: there are none. */
function machinesText(machines: unknown): string | null {
  if (typeof machines === 'number') return counted(texts.network.many, machines);
  return Array.isArray(machines) && machines.length > 0 ? list().format(machines.map(String)) : null;
}

function networksText(networks: unknown): string {
  if (!Array.isArray(networks)) return texts.networksAll;
  return fill(texts.networksSome, { names: list().format(networks.map(String)) });
}

function nextOf(change: unknown): unknown {
  return typeof change === 'object' && change !== null && 'to' in change ? change.to : undefined;
}

function emailOf(details: Details): string {
  return textOf(details['email']) ?? texts.somebody;
}

/** What a subject such as `network:acme` is called. */
function nameOfSubject(subject: string | null): string {
  return subject?.replace(/^[a-z]+:/, '') ?? messages.table.noValue;
}

/** What the details hold is whatever was written once: a word of ours is looked up only where there is one. */
function wordOf(words: Readonly<Record<string, string>>, key: unknown): string | undefined {
  return typeof key === 'string' && Object.hasOwn(words, key) ? words[key] : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
