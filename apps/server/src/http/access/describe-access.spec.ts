import type { OpenAPIObject } from '@nestjs/swagger';
import { expect, test } from 'vitest';
import { describeAccess } from './describe-access.ts';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const SESSION = { session: [] };
const TOKEN = { token: [] };

/** What a document says of one operation, once its access is described: `status` and the codes of it. */
function described(method: 'get' | 'post', path: string, rule: string, own: Operation['responses'] = {}) {
  const operation = { responses: own, 'x-permission': rule };
  const document = { paths: { [path]: { [method]: operation } } } as unknown as OpenAPIObject;
  const { security, responses } = describeAccess(document).paths[path]?.[method] ?? { responses: {} };
  const refusals = Object.entries(responses).map(([status, said]) => [
    status,
    said && 'description' in said && said.description,
  ]);
  return { security, refusals: Object.fromEntries(refusals) as Record<string, string> };
}

test.each([
  [
    'get',
    '/api/v1/info',
    'metrics:read',
    [SESSION, TOKEN],
    { 401: 'NOT_SIGNED_IN', 403: 'FORBIDDEN', 429: 'TOO_MANY_REQUESTS' },
  ],
  ['get', '/api/v1/auth/session', 'public', [], { 429: 'TOO_MANY_REQUESTS' }],
  ['post', '/api/v1/auth/login', 'public', [], { 403: 'CROSS_ORIGIN', 429: 'TOO_MANY_REQUESTS' }],
  [
    'post',
    '/api/v1/tokens',
    'own-account',
    [SESSION],
    { 401: 'NOT_SIGNED_IN', 403: 'SESSION_ONLY or CROSS_ORIGIN', 429: 'TOO_MANY_REQUESTS' },
  ],
  [
    'post',
    '/api/v1/users',
    'users:write',
    [SESSION, TOKEN],
    { 401: 'NOT_SIGNED_IN', 403: 'FORBIDDEN or CROSS_ORIGIN', 429: 'TOO_MANY_REQUESTS' },
  ],
] as const)('%s %s for %s', (method, path, rule, security, refusals) => {
  expect(described(method, path, rule)).toEqual({ security, refusals });
});

test('what the operation says of a status itself stays, and nothing is said twice', () => {
  const own = { 401: { description: 'SIGN_IN_FAILED' }, 403: { description: 'ACCOUNT_DISABLED or CROSS_ORIGIN' } };
  expect(described('post', '/api/v1/users', 'users:write', own).refusals).toEqual({
    401: 'SIGN_IN_FAILED or NOT_SIGNED_IN',
    403: 'ACCOUNT_DISABLED or CROSS_ORIGIN or FORBIDDEN',
    429: 'TOO_MANY_REQUESTS',
  });
});

test('what nobody counts is not said to be refused for that, nor how that is known', () => {
  const operation = { responses: {}, 'x-permission': 'public', 'x-uncounted': true };
  const document = { paths: { '/healthz': { get: operation } } } as unknown as OpenAPIObject;
  expect(describeAccess(document).paths['/healthz']?.get).toEqual({
    responses: {},
    security: [],
    'x-permission': 'public',
  });
});
