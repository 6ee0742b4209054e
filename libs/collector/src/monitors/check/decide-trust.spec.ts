import { expect, test } from 'vitest';
import { daysLeft, showNames, type Presented } from './certificate.ts';
import { decideTrust } from './decide-trust.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const good: Presented = {
  names: ['a.example'],
  fitsName: true,
  validFrom: new Date('2026-11-01T00:00:00Z'),
  validTo: new Date('2027-01-01T00:00:00Z'),
  issuer: '“CA”',
  isAlone: false,
  chainError: null,
};

test.each<[Partial<Presented>, readonly RegExp[]]>([
  [{}, []],
  [{ validTo: NOW }, [/^the certificate ended less than a day ago, on 2026-11-20$/]],
  [{ validTo: new Date('2026-11-19T11:59:59Z') }, [/^the certificate ended 1 day ago, on 2026-11-19$/]],
  [{ validTo: new Date('2026-11-17T00:00:00Z'), chainError: 'CERT_HAS_EXPIRED' }, [/ended 3 days ago/]],
  [
    { validFrom: new Date('2026-11-20T12:00:01Z'), chainError: 'CERT_NOT_YET_VALID' },
    [/not valid before 2026-11-20T12:00:01/],
  ],
  [{ chainError: 'CERT_HAS_EXPIRED' }, [/^a certificate above it in the chain has ended$/]],
  [{ chainError: 'CERT_NOT_YET_VALID' }, [/^a certificate above it in the chain is not valid yet$/]],
  [{ fitsName: false }, [/^the certificate is for a\.example, not for x$/]],
  [{ fitsName: false, names: [] }, [/^the certificate is for no name at all, not for x$/]],
  [{ chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, [/self-signed/]],
  [{ chainError: 'SELF_SIGNED_CERT_IN_CHAIN' }, [/the authority “CA” is not trusted here/]],
  [{ chainError: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', isAlone: true }, [/the chain is incomplete: .*“CA”/]],
  [{ chainError: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, [/the issuer “CA” is unknown here/]],
  [{ chainError: 'UNABLE_TO_GET_ISSUER_CERT' }, [/the issuer “CA” is unknown here/]],
  [{ chainError: 'INVALID_PURPOSE' }, [/not made for servers/]],
  [{ chainError: 'CERT_REVOKED' }, [/^the certificate is not accepted \(CERT_REVOKED\)$/]],
  [{ validTo: NOW, fitsName: false, chainError: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, [/ended/, /not for x/, /self-signed/]],
])('%j has these problems: %s', (wrong, problems) => {
  const found = decideTrust({ ...good, ...wrong }, 'x', NOW);
  expect(found).toEqual(problems.map(problem => expect.stringMatching(problem)));
});

test.each([
  ['2026-11-20T12:00:00Z', 0],
  ['2026-11-21T11:59:59Z', 0],
  ['2026-11-21T12:00:00Z', 1],
  ['2026-11-20T11:59:59Z', -1],
  ['2026-11-18T12:00:00Z', -2],
])('until %s there are %i days', (validTo, days) => {
  expect(daysLeft({ validTo: new Date(validTo) }, NOW)).toBe(days);
});

test('many names are counted', () => {
  expect(showNames(['a', 'b', 'c'])).toBe('a, b, c');
  expect(showNames(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});
