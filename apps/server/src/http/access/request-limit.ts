import type { ExecutionContext } from '@nestjs/common';
import type { ThrottlerModuleOptions, ThrottlerStorage } from '@nestjs/throttler';
import type { Request } from 'express';
import { throttleAddressOf, type Principal } from '#auth';
import type { Clock } from '#config';
import type { Storage } from '#storage';
import { callerOf } from './caller.ts';
import { clientAddress } from './client-address.ts';
import { isLocalRequest, LOCAL_TOO } from './local-request.ts';

const MINUTE_MS = 60_000;

/** What the limit needs of the world. */
interface LimitParts {
  readonly storage: Pick<Storage, 'requestCounts'>;
  readonly clock: Clock;
  /** Whether a proxy is to be expected in front of the server. */
  readonly proxied: boolean;
}

/** @param rateLimit requests that one account, or one address, may make in a minute; 0: as many as it likes */
export function requestLimit(rateLimit: number, parts: LimitParts): ThrottlerModuleOptions {
  return {
    storage: countsOf(parts),
    throttlers: [{ limit: rateLimit, ttl: MINUTE_MS }],
    skipIf: context => rateLimit === 0 || isLocalScrape(context, parts.proxied),
    getTracker: (_request, context) => trackerOf(context.switchToHttp().getRequest<Request>()),
    generateKey: (_context, tracker) => tracker, // one count for all routes
    errorMessage: (_context, { limit, timeToBlockExpire }) =>
      `More than ${limit} requests came in this minute. Try again in ${timeToBlockExpire} s.`,
  };
}

/** By what requests are counted: the account, whatever it uses; else the address. */
export function throttleKey(caller: Pick<Principal, 'accountId'> | null, address: string): string {
  return caller === null ? `address:${throttleAddressOf(address)}` : `account:${caller.accountId}`;
}

async function trackerOf(request: Request): Promise<string> {
  return throttleKey(await callerOf(request), clientAddress(request));
}

/** Prometheus beside the server asks when the database is away, too: that is when its figures matter. */
function isLocalScrape(context: ExecutionContext, proxied: boolean): boolean {
  const request = context.switchToHttp().getRequest<Request>();
  return Reflect.getMetadata(LOCAL_TOO, context.getHandler()) === true && isLocalRequest(request, proxied);
}

/** Counts in PostgreSQL, so that it does not matter which process is asked. */
function countsOf({ storage, clock }: Omit<LimitParts, 'proxied'>): ThrottlerStorage {
  return {
    async increment(key, windowMs, limit) {
      const { hits, resetsInMs } = await storage.requestCounts.count(key, { now: clock.now(), limit, windowMs });
      const seconds = Math.max(1, Math.ceil(resetsInMs / 1000));
      return { totalHits: hits, timeToExpire: seconds, isBlocked: hits > limit, timeToBlockExpire: seconds };
    },
  };
}
