import type { OpenAPIObject } from '@nestjs/swagger';
import type { AccessRule } from '#auth';
import { problemBody } from '../problem/api-problem.ts';
import { RULE_EXTENSION } from './access-rule.ts';
import { UNCOUNTED_EXTENSION } from './uncounted.ts';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Security = NonNullable<Operation['security']>;

/** What the decorators of its route say of an operation. */
interface Declared {
  [RULE_EXTENSION]: AccessRule;
  [UNCOUNTED_EXTENSION]?: boolean;
}

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'] as const;
const CHANGING: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'delete']);

/** The names of the two security schemes in the document. */
export const SCHEMES = { session: 'session', token: 'token' } as const;

/** Says of each operation who may use it and how others are refused, from its rule: `security`, and the answers 401, 403 and 429. */
export function describeAccess(document: OpenAPIObject): OpenAPIObject {
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation !== undefined) describe(operation as Operation & Declared, CHANGING.has(method));
    }
  }
  return document;
}

function describe(operation: Operation & Declared, changes: boolean): void {
  const rule = operation[RULE_EXTENSION];
  operation.security = securityOf(rule);
  if (rule !== 'public') mention(operation, 401, ['NOT_SIGNED_IN']);
  const refusals = [
    ...(rule === 'public' ? [] : [rule === 'own-account' ? 'SESSION_ONLY' : 'FORBIDDEN']),
    ...(changes ? ['CROSS_ORIGIN'] : []),
  ];
  if (refusals.length > 0) mention(operation, 403, refusals);
  if (operation[UNCOUNTED_EXTENSION] !== true) mention(operation, 429, ['TOO_MANY_REQUESTS']);
  delete operation[UNCOUNTED_EXTENSION];
}

function securityOf(rule: AccessRule): Security {
  if (rule === 'public') return [];
  const session = { [SCHEMES.session]: [] };
  return rule === 'own-account' ? [session] : [session, { [SCHEMES.token]: [] }];
}

/** Adds codes to what the operation says of a status by itself. */
function mention({ responses }: Operation, status: number, codes: readonly string[]): void {
  const own = responses[status];
  const said = own !== undefined && 'description' in own ? (own.description ?? '') : '';
  const missing = codes.filter(code => !said.includes(code));
  if (missing.length === 0) return;
  const fresh = problemBody(missing);
  responses[status] = said === '' ? fresh : { ...fresh, ...own, description: `${said} or ${fresh.description}` };
}
