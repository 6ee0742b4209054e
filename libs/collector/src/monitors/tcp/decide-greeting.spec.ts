import { expect, test } from 'vitest';
import { decideGreeting, type Greeting } from './decide-greeting.ts';

test.each<[said: string, end: Greeting['end'], reason: string | null, detail: string]>([
  ['220 ready', 'heard', null, 'a:25 says “220 ready”.'],
  ['', 'closed', 'reset', 'a:25 closed the connection without a word.'],
  ['421', 'closed', 'bad_response', 'a:25 should say “220”, but said “421” and closed the connection.'],
  ['421', 'late', 'bad_response', 'a:25 should say “220”, but said “421” and nothing more in time.'],
  ['421', 'full', 'bad_response', 'a:25 should say “220”, but said “421” and more than 16 KiB.'],
  ['\u0000\u001b[2J', 'late', 'bad_response', 'a:25 should say “220”, but said “[2J” and nothing more in time.'],
])('%j, then %s, is %s', (said, end, reason, detail) => {
  const answer = Buffer.from(said);
  const finding = decideGreeting({ peer: { host: 'a', port: 25 }, answer, expect: '220', end });
  expect(finding).toMatchObject({ reason, detail });
});
