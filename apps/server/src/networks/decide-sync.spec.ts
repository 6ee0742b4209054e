import { expect, test } from 'vitest';
import { decideSync, type SyncFacts } from './decide-sync.ts';

const head = { version: 3, hash: 'three' };
const facts = (change: Partial<SyncFacts>): SyncFacts => ({
  fileHash: 'mine',
  fileVersion: 3,
  head,
  agreedHash: 'three',
  wasAccepted: false,
  ...change,
});

test.each<[string, Partial<SyncFacts>, string, number | undefined]>([
  ['a new network is accepted with its own version', { head: null, agreedHash: null, fileVersion: 7 }, 'accept', 7],
  ['a file that is in step needs nothing', { fileHash: 'three' }, 'nothing', undefined],
  ['a hand edit is accepted and raised', {}, 'accept', 4],
  ['a hand edit that raised its version itself keeps it', { fileVersion: 9 }, 'accept', 9],
  ['an edit that restores a former text is a hand edit too', { wasAccepted: true }, 'accept', 4],
  ['a file that did not change is brought up to date', { agreedHash: 'mine', wasAccepted: true }, 'export', undefined],
  ['a file that agreed with another database is never overwritten', { agreedHash: 'mine' }, 'refuse', undefined],
  [
    'a file that is ahead of a restored database replaces its network',
    { agreedHash: 'mine', fileVersion: 5 },
    'accept',
    5,
  ],
  ['a copy of a former version is brought up to date', { agreedHash: null, wasAccepted: true }, 'export', undefined],
  ['a stranger with a higher version replaces the network', { agreedHash: null, fileVersion: 4 }, 'accept', 4],
  ['a stranger without a higher version is refused', { agreedHash: null }, 'refuse', undefined],
  ['an edit of an outdated text is refused', { agreedHash: 'two' }, 'refuse', undefined],
])('%s', (_sentence, change, action, version) => {
  const decision = decideSync(facts(change));
  expect({ action: decision.action, version: 'version' in decision ? decision.version : undefined }).toEqual({
    action,
    version,
  });
});
