import type { OpenAPIObject } from '@nestjs/swagger';
import type { AccessRule } from '#auth';
import { problemBody } from '../problem/api-problem.ts';
import { RULE_EXTENSION } from './access-rule.ts';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Security = NonNullable<Operation['security']>;

const METHODS = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete'] as const;
const CHANGING: ReadonlySet<string> = new Set(['post', 'put', 'patch', 'delete']);
/** Tell whether the process lives: nobody counts how often they are asked. */
const UNCOUNTED = new Set(['/healthz', '/readyz']);

/** The names of the two security schemes in the document. */
export const SCHEMES = { session: 'session', token: 'token' } as const;

/** Says of each operation who may use it and how he is refused, from its rule: `security`, and the answers 401, 403 and 429. */
export function describeAccess(document: OpenAPIObject): OpenAPIObject {
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method];
      if (operation !== undefined) describe(operation, CHANGING.has(method), !UNCOUNTED.has(path));
    }
  }
  return document;
}

function describe(operation: Operation, changes: boolean, counted: boolean): void {
  const rule: AccessRule = (operation as Operation & Record<typeof RULE_EXTENSION, AccessRule>)[RULE_EXTENSION];
  operation.security = securityOf(rule);
  if (rule !== 'public') mention(operation, 401, ['NOT_SIGNED_IN']);
  const refusals = [
    ...(rule === 'public' ? [] : [rule === 'own-account' ? 'SESSION_ONLY' : 'FORBIDDEN']),
    ...(changes ? ['CROSS_ORIGIN'] : []),
  ];
  if (refusals.length > 0) mention(operation, 403, refusals);
  if (counted) mention(operation, 429, ['TOO_MANY_REQUESTS']);
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
