import type { Request, RequestHandler } from 'express';
import { parseCredential, type Credential } from './credential.ts';
import type { Authenticator, Principal } from '#auth';

const CALLER = Symbol('caller');

/** A request that can say who makes it. */
interface WithCaller {
  [CALLER]?: () => Promise<Principal | null>;
}

/**
 * Gives each request the means to say who makes it. Nothing is looked up before somebody asks: files, and what tells whether
 * the process is alive, need no database.
 */
export function recogniseCallers(authenticator: Pick<Authenticator, 'bySession' | 'byToken'>): RequestHandler {
  return (request: Request & WithCaller, _response, next) => {
    let known: Promise<Principal | null> | undefined;
    request[CALLER] = () => (known ??= authenticate(authenticator, parseCredential(request)));
    next();
  };
}

/** Who makes a request; `null`: nobody who is known. The database is asked once for each request. */
export async function callerOf(request: Request & WithCaller): Promise<Principal | null> {
  return (await request[CALLER]?.()) ?? null;
}

async function authenticate(
  authenticator: Pick<Authenticator, 'bySession' | 'byToken'>,
  credential: Credential,
): Promise<Principal | null> {
  if (credential.kind === 'bearer') return await authenticator.byToken(credential.token);
  return credential.kind === 'session' ? await authenticator.bySession(credential.secret) : null;
}
