import { expect, test } from 'vitest';
import { decideSync, type SyncFacts } from './decide-sync.ts';

const head = { version: 3, hash: 'three' };
const facts = (change: Partial<SyncFacts>): SyncFacts => ({
  fileHash: 'mine',
  fileVersion: 3,
  head,
  agreedHash: 'three',
  wasAccepted: false,
  agreedWasAccepted: true,
  wasMadeHereSince: false,
  isRaisedAlready: false,
  ...change,
});

const BOTH = 'changed on both sides';
const OTHER = 'another network of this name';

test.each<[string, Partial<SyncFacts>, string, number | string | undefined]>([
  ['a new network is accepted with its own version', { head: null, agreedHash: null, fileVersion: 7 }, 'accept', 7],
  ['a file that is in step needs nothing', { fileHash: 'three' }, 'nothing', undefined],
  ['a hand edit is accepted and raised', {}, 'accept', 4],
  ['a hand edit that raised its version itself keeps it', { fileVersion: 9 }, 'accept', 9],
  ['an edit that restores a former text is a hand edit too', { wasAccepted: true }, 'accept', 4],
  [
    'a hand edit that was accepted, and then could not be written, is brought up to date',
    { agreedHash: 'two', fileVersion: 2, isRaisedAlready: true },
    'export',
    undefined,
  ],
  ['a file that did not change is brought up to date', { agreedHash: 'mine', wasAccepted: true }, 'export', undefined],
  [
    'a file that agreed with another database is never overwritten',
    { agreedHash: 'mine', agreedWasAccepted: false },
    'refuse',
    OTHER,
  ],
  [
    'a file that is ahead of a restored database replaces its network',
    { agreedHash: 'mine', agreedWasAccepted: false, fileVersion: 5 },
    'accept',
    5,
  ],
  ['a copy of a former version is brought up to date', { agreedHash: null, wasAccepted: true }, 'export', undefined],
  ['a stranger with a higher version replaces the network', { agreedHash: null, fileVersion: 4 }, 'accept', 4],
  ['a stranger without a higher version is refused', { agreedHash: null, agreedWasAccepted: false }, 'refuse', OTHER],
  ['an edit of an outdated text is refused', { agreedHash: 'two' }, 'refuse', BOTH],
  ['an edit of an outdated text that says so is accepted', { agreedHash: 'two', fileVersion: 4 }, 'accept', 4],
  ['an edit that was begun before a change made here is refused', { wasMadeHereSince: true }, 'refuse', BOTH],
  [
    'so is a former text, by which a change made here would be undone',
    { wasMadeHereSince: true, wasAccepted: true },
    'refuse',
    BOTH,
  ],
])('%s', (_sentence, change, action, version) => {
  const decision = decideSync(facts(change));
  const { action: decided } = decision;
  const detail =
    decision.action === 'accept' ? decision.version : decision.action === 'refuse' ? decision.why : undefined;
  expect([decided, detail]).toEqual([action, version]);
});
