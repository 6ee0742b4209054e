import type { Request } from 'express';
import type { Origin } from '#auth';
import { clientAddress } from './client-address.ts';
import { readCookie, SESSION_COOKIE } from './cookies.ts';

/** Where a request comes from, for the sessions that it begins and for the audit log. */
export function originOf(request: Request): Origin {
  return {
    address: clientAddress(request),
    userAgent: request.headers['user-agent'] ?? null,
    replaces: readCookie(request, SESSION_COOKIE),
  };
}
