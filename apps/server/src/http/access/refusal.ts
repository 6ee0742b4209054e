import type { Request } from 'express';
import type { AccessRule } from '#auth';
import { ProblemException } from '../problem/problem.ts';
import { decideNavigation, type RefusalReason } from './navigation.ts';

/** Somebody was not let in: a page to go to for a browser that navigates, a problem document for everything else. */
export class Refusal extends ProblemException {
  /** Where the browser is sent; `null`: it is no navigation. */
  readonly location: string | null;

  constructor(status: number, code: string, detail: string, location: string | null) {
    super(status, code, detail);
    this.location = location;
  }
}

/** What is said to whoever was not let in. */
export function refusalOf(request: Request, rule: AccessRule | undefined, reason: RefusalReason): Refusal {
  const needed = rule ?? 'undeclared';
  const { method, originalUrl: url } = request;
  const navigation = { method, fetchMode: request.get('sec-fetch-mode'), accept: request.get('accept') };
  const location = decideNavigation({ ...navigation, url, reason, needed });
  const [status, code, detail] = sentenceOf(reason, needed);
  return new Refusal(status, code, detail, location);
}

function sentenceOf(reason: RefusalReason, needed: string): [status: number, code: string, detail: string] {
  switch (reason) {
    case 'unknown':
      return [401, 'NOT_SIGNED_IN', 'You are not signed in. Sign in, or send a token as "Authorization: Bearer dm_…".'];
    case 'session-only':
      return [403, 'SESSION_ONLY', 'This is for people who are signed in; no token can do it.'];
    case 'missing-permission':
      return [
        403,
        'FORBIDDEN',
        `This needs the permission "${needed}", which you do not have. An admin can give it to you.`,
      ];
    case 'undeclared':
      return [403, 'FORBIDDEN', 'This route does not say who may use it, so nobody may.'];
  }
}
