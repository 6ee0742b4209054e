import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AuditQuery } from '../audit/audit.dto.ts';
import { createValidationPipe } from '../problem/validation.ts';
import { ProblemException } from '../problem/problem.ts';
import { SetUp } from '../setup/setup.dto.ts';
import { CreateToken } from '../tokens/token.dto.ts';
import { ChangeUser, CreateUser, UserQuery } from '../users/user.dto.ts';
import { GoogleQuery } from './google/google.dto.ts';
import { Credentials, LinkToken, LinkUse, PasswordChange } from './session.dto.ts';

const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery staple';
const TOKEN = 'pXhXoU6nWMvTt6cXZ0yAYTnhGYhMqdBFmQ2wZ1bM3fE';
/** Each with a request that is right. */
const REQUESTS = [
  [Credentials, { email: EMAIL, password: PASSWORD }],
  [PasswordChange, { current: PASSWORD, password: PASSWORD }],
  [LinkToken, { token: TOKEN }],
  [LinkUse, { token: TOKEN, password: PASSWORD }],
  [SetUp, { token: TOKEN, email: EMAIL, name: 'Alice', password: PASSWORD }],
  [CreateToken, { name: 'grafana', scopes: ['metrics:read'], expiresAt: '2027-11-20T10:00:00Z' }],
  [CreateUser, { email: EMAIL, name: 'Alice', role: 'user', networks: ['local'] }],
  [ChangeUser, { name: 'Alice', role: 'admin', networks: null, disabled: true }],
  [UserQuery, { cursor: '17', limit: 10 }],
  [
    AuditQuery,
    { cursor: '17', limit: 10, from: '-7d', to: 'now', action: 'session.begin', actor: EMAIL, subject: 'account:1' },
  ],
  [GoogleQuery, { next: '/machines' }],
] as const;
type Shape = (typeof REQUESTS)[number][0];

const pipe = createValidationPipe();
const check = (metatype: Shape, value: unknown): Promise<unknown> => pipe.transform(value, { type: 'body', metatype });

it.each(REQUESTS)('%o takes what is right', async (shape, right) => {
  expect({ ...((await check(shape, right)) as object) }).toEqual(right);
});

const WRONG: [Shape, string, unknown][] = [
  [Credentials, 'email', 'alice'],
  [Credentials, 'email', 'a\0@example.org'],
  [Credentials, 'email', null],
  [Credentials, 'email', [EMAIL]],
  [Credentials, 'password', 7],
  [Credentials, 'password', { $ne: '' }],
  [Credentials, 'token', TOKEN],
  [PasswordChange, 'current', null],
  [LinkToken, 'token', [TOKEN]],
  [SetUp, 'name', 'A\nlice'],
  [SetUp, 'name', '\ud800'],
  [SetUp, 'role', 'admin'],
  [CreateToken, 'name', ''],
  [CreateToken, 'name', 'x'.repeat(101)],
  [CreateToken, 'scopes', []],
  [CreateToken, 'scopes', 'metrics:read'],
  [CreateToken, 'scopes', ['metrics:read', 'metrics:read']],
  [CreateToken, 'scopes', ['metrics:write']],
  [CreateToken, 'scopes', [['metrics:read']]],
  [CreateToken, 'scopes', { 0: 'metrics:read', length: 1 }],
  [CreateToken, 'expiresAt', 'tomorrow'],
  [CreateToken, 'expiresAt', '-7d'],
  [CreateToken, 'expiresAt', '2027-02-30T10:00:00Z'],
  [CreateToken, 'expiresAt', '2027-12-31T23:59:60Z'],
  [CreateToken, 'expiresAt', 1_800_000_000],
  [CreateUser, 'role', 'root'],
  [CreateUser, 'role', ['admin']],
  [CreateUser, 'networks', []],
  [CreateUser, 'networks', 'local'],
  [CreateUser, 'networks', ['a/b']],
  [CreateUser, 'networks', [null]],
  [ChangeUser, 'name', null],
  [ChangeUser, 'role', null],
  [ChangeUser, 'disabled', null],
  [ChangeUser, 'disabled', 'false'],
  [ChangeUser, 'email', EMAIL],
  [UserQuery, 'cursor', '-1'],
  [UserQuery, 'cursor', '99999999999'],
  [UserQuery, 'limit', '0'],
  [AuditQuery, 'from', 'yesterday'],
  [AuditQuery, 'action', "' or 1=1"],
  [AuditQuery, 'actor', 'a\0'],
  [AuditQuery, 'subject', ['account:1', 'account:2']],
  [GoogleQuery, 'next', ['/a', '/b']],
  [GoogleQuery, 'token', TOKEN],
];
it.each(WRONG)('%o refuses %s = %j', async (shape, field, value) => {
  const right = REQUESTS.find(([known]) => known === shape)?.[1];
  const refused: unknown = await check(shape, { ...right, [field]: value }).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'INVALID_REQUEST' });
  expect(new Set((refused as ProblemException).errors?.map(({ path }) => path))).toEqual(new Set([field]));
});

const anyValue = fc.oneof(
  fc.anything({ withNullPrototype: true }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(null, undefined, Number.NaN, '\0', '\ud800', [], {}, [[]], '__proto__', 'constructor'),
);
it.each(REQUESTS)(
  '%o answers anything whatever with itself or with what is wrong',
  async (shape, right) => {
    const fields = fc.constantFrom(...Object.keys(right), '__proto__', 'constructor', 'toString', 'x');
    const damaged = fc
      .array(fc.tuple(fields, anyValue), { maxLength: 3 })
      .map(parts => ({ ...right, ...Object.fromEntries(parts) }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, anyValue), async value => {
        const json: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
        const answer = await check(shape, json).catch((error: unknown) => error);
        const outcome = answer instanceof ProblemException ? answer.code : answer instanceof shape;
        expect(['INVALID_REQUEST', true]).toContain(outcome);
      }),
      { numRuns: 200 },
    );
  },
  60_000,
);
