import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { type AccessRule, decideAccess, type Principal } from '#auth';
import { requireNetwork } from '../networks/require-network.ts';
import { ProblemException } from '../problem/problem.ts';
import { ACCESS_RULE } from './access-rule.ts';
import { callerOf } from './caller.ts';
import { parseCredential } from './credential.ts';
import { decideSource } from './cross-origin.ts';
import { isLocalRequest, LOCAL_TOO } from './local-request.ts';
import { refusalOf } from './refusal.ts';

/** What the guard knows of the server. */
export interface GuardedServer {
  readonly networks: readonly string[];
  readonly publicUrl: string | null;
  /** Whether a proxy is to be expected in front of it. */
  readonly proxied: boolean;
}

/** Stands before every route: what a route does not open is closed. */
export class AccessGuard implements CanActivate {
  private readonly reflector: Reflector;
  private readonly server: GuardedServer;

  constructor(reflector: Reflector, server: GuardedServer) {
    this.reflector = reflector;
    this.server = server;
  }

  /** @throws Refusal, or ProblemException 403 `CROSS_ORIGIN`, 404 `NETWORK_NOT_FOUND` */
  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    requireOwnPage(request, this.server.publicUrl);
    const rule = this.declared<AccessRule>(context, ACCESS_RULE);
    if (rule === 'public') return true;
    const localToo = this.declared<boolean>(context, LOCAL_TOO) === true;
    if (localToo && isLocalRequest(request, this.server.proxied)) return true;
    this.requireVisible(request, await requireCaller(request, rule));
    return true;
  }

  /** Whichever route names a network, in its path or in its query: one that is not to be seen does not exist. */
  private requireVisible(request: Request, caller: Principal): void {
    for (const named of [request.params['network'], request.query['network']]) {
      if (typeof named === 'string') requireNetwork(this.server.networks, named, caller);
    }
  }

  private declared<T>(context: ExecutionContext, key: string): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}

/** Who makes the request, when the rule lets him in. */
async function requireCaller(request: Request, rule: AccessRule | undefined): Promise<Principal> {
  const caller = await callerOf(request);
  const decision = decideAccess(rule, caller);
  if (!decision.allowed) throw refusalOf(request, rule, decision.reason);
  if (caller === null) throw refusalOf(request, rule, 'unknown');
  return caller;
}

function requireOwnPage(request: Request, publicUrl: string | null): void {
  const { method, headers, host } = request;
  const credential = parseCredential(request);
  const isBearer = credential.kind === 'bearer' && credential.token !== '';
  const source = { fetchSite: request.get('sec-fetch-site'), origin: headers.origin, host, publicUrl };
  if (decideSource({ method, isBearer, ...source }).allowed) return;
  const detail =
    'A page of another site asked for this change. Only pages of this server may, and programs with a token.';
  throw new ProblemException(403, 'CROSS_ORIGIN', detail);
}
