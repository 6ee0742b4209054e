import { describe, expect, it } from 'vitest';
import type { TokenItem } from '../../api/people-client.ts';
import { expiresAtOf, isExpiry } from './token-expiry.ts';
import { scopeSentences, shellExample, tokenState } from './token-state.ts';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const TOKEN: TokenItem = {
  id: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  name: 'grafana',
  hint: 'dm_pXhXoU',
  scopes: ['metrics:read'],
  createdAt: '2026-11-01T12:00:00.000Z',
  expiresAt: null,
  lastUsedAt: null,
  revokedAt: null,
};

describe('a token', () => {
  it.each([
    ['without an end is good', {}, 'good'],
    ['is good until its end', { expiresAt: '2026-11-20T12:00:01Z' }, 'good'],
    ['has expired at its end', { expiresAt: '2026-11-20T12:00:00Z' }, 'expired'],
    [
      'that was revoked is revoked, also after its end',
      { revokedAt: '2026-11-02T00:00:00Z', expiresAt: '2026-11-03T00:00:00Z' },
      'revoked',
    ],
  ] as const)('%s', (_, change, state) => {
    expect(tokenState({ ...TOKEN, ...change }, NOW)).toBe(state);
  });

  it.each([
    ['month', '2026-12-20T12:00:00.000Z'],
    ['quarter', '2027-02-18T12:00:00.000Z'],
    ['year', '2027-11-20T12:00:00.000Z'],
    ['never', null],
  ] as const)('made for "%s" ends at %s', (expiry, at) => {
    expect(expiresAtOf(expiry, NOW)).toBe(at);
  });

  it('cannot be made for what is no choice', () => {
    expect(isExpiry('month')).toBe(true);
    expect(isExpiry('constructor')).toBe(false);
  });
});

describe('what it may do', () => {
  it.each([
    [['history:read'], ['metrics:read', 'history:read'], ['See the past']],
    [['metrics:read', 'history:read'], ['metrics:read', 'history:read'], ['Everything that you may do']],
    [['metrics:read'], ['metrics:read'], ['See the present: states and live values']],
    [['moon:read'], ['metrics:read'], ['Moon:read']],
  ])('%j of %j is said as %j', (scopes, own, sentences) => {
    expect(scopeSentences(scopes, own)).toEqual(sentences);
  });

  it.each([
    [['audit:read', 'metrics:read'], '/api/v1/networks'],
    [['server:read'], '/metrics'],
    [['users:write'], '/api/v1/auth/session'],
  ])('%j is shown by an example that it opens', (scopes, path) => {
    const example = shellExample({ secret: 'dm_x', scopes }, 'https://status.example.org');
    expect(example).toBe(`TOKEN='dm_x'\ncurl -H "Authorization: Bearer $TOKEN" https://status.example.org${path}`);
  });
});
