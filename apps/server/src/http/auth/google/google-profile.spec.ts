import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AuthError } from '#auth';
import { parseGoogleProfile } from './google-profile.ts';

const CLAIMS = {
  sub: '10769150350006150715113082367',
  email: 'alice@example.org',
  email_verified: true,
  name: 'Alice',
};

it('says who somebody is', () => {
  const { sub: subject, email, name } = CLAIMS;
  expect(parseGoogleProfile(CLAIMS)).toEqual({ subject, email, verified: true, name, hostedDomain: null });
});

it.each([
  [{ email: ' Alice@Example.ORG '.trim() }, { email: 'alice@example.org' }],
  [{ email_verified: false }, { verified: false }],
  [{ email_verified: undefined }, { verified: false }],
  [{ email_verified: 'true' }, { verified: false }],
  [{ email_verified: 1 }, { verified: false }],
  [{ hd: 'Example.org' }, { hostedDomain: 'example.org' }],
  [{ hd: ['example.org'] }, { hostedDomain: null }],
  [{ name: undefined }, { name: '' }],
  [{ name: 7 }, { name: '' }],
  [{ name: ' A\0li\nce ' }, { name: 'A li ce' }],
  [{ name: '\ud800x' }, { name: '\ufffdx' }],
  [{ name: '👩'.repeat(200) }, { name: '👩'.repeat(50) }],
  [{ name: `a${'👩'.repeat(200)}` }, { name: `a${'👩'.repeat(49)}\ufffd` }],
])('%j becomes %j', (claims, expected) => {
  expect(parseGoogleProfile({ ...CLAIMS, ...claims })).toMatchObject(expected);
});

describe('what names nobody', () => {
  it.each([
    null,
    undefined,
    7,
    'text',
    [],
    {},
    { ...CLAIMS, sub: 7 },
    { ...CLAIMS, sub: '' },
    { ...CLAIMS, sub: 'a\0' },
  ])('%j is no answer of Google', claims => {
    expect(() => parseGoogleProfile(claims)).toThrow(expect.objectContaining({ code: 'GOOGLE_UNAVAILABLE' }));
  });

  it.each([undefined, null, 7, '', 'alice', 'a@b@example.org', `${'a'.repeat(300)}@example.org`, 'a\0@example.org'])(
    'an address %j is none that could be verified',
    email => {
      expect(() => parseGoogleProfile({ ...CLAIMS, email })).toThrow(
        expect.objectContaining({ code: 'GOOGLE_UNVERIFIED' }),
      );
    },
  );
});

it('whatever comes, it is a profile that can be stored, or a refusal', () => {
  const anything = fc.anything({ maxDepth: 1, maxKeys: 2 });
  const claims = fc.record({
    sub: anything,
    email: anything,
    email_verified: anything,
    name: fc.string({ unit: 'binary' }),
  });
  const named = claims.map(({ name }) => ({ ...CLAIMS, name }));
  fc.assert(
    fc.property(fc.oneof(claims, anything, named), value => {
      expect(JSON.stringify(outcomeOf(value))).not.toMatch(/\\u0000|\\ud[89a-f]/);
    }),
  );
}, 60_000);

/** The profile, or the code of the refusal; any other error is one of ours. */
function outcomeOf(claims: unknown): unknown {
  try {
    return parseGoogleProfile(claims);
  } catch (error) {
    if (error instanceof AuthError) return error.code;
    throw error;
  }
}
