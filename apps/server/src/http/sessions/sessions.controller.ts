import { Controller, Delete, Get, HttpCode, Param, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { OwnAccount, type Principal } from '#auth';
import type { StoredSession } from '#storage';
import { OwnAccountOnly } from '../access/access-rule.ts';
import { clearSessionCookie } from '../access/cookies.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { SessionList, type SessionItem } from './session-list.dto.ts';

@ApiTags('own account')
@OwnAccountOnly()
@Controller('api/v1/sessions')
export class SessionsController {
  private readonly ownAccount: OwnAccount;

  constructor(ownAccount: OwnAccount) {
    this.ownAccount = ownAccount;
  }

  @Get()
  @ApiOperation({ summary: 'Where you are signed in' })
  @ApiOkResponse({ type: SessionList })
  async list(@Who() principal: Principal): Promise<SessionList> {
    const sessions = await this.ownAccount.sessions(principal);
    return { items: sessions.map(session => presentSession(session, principal)), next: null };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out everywhere else' })
  @ApiNoContentResponse()
  async endOthers(@Who() principal: Principal, @Req() request: Request): Promise<void> {
    await this.ownAccount.endOtherSessions(principal, originOf(request));
  }

  @Delete(':session')
  @HttpCode(204)
  @ApiParam({ name: 'session', description: 'The id of the session.', example: '0f8fad5b-d9cb-469f-a165-70867728950e' })
  @ApiOperation({ summary: 'End one of your sessions; streams that are open by it end within 10 seconds' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'SESSION_NOT_FOUND')
  async end(
    @Param('session') sessionId: string,
    @Who() principal: Principal,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.ownAccount.endSession(sessionId, principal, originOf(request));
    if (sessionId === principal.id) clearSessionCookie(response);
  }
}

function presentSession(session: StoredSession, principal: Principal): SessionItem {
  return {
    id: session.sessionId,
    method: session.method,
    address: session.address,
    userAgent: session.userAgent,
    createdAt: session.createdAt.toISOString(),
    lastUsedAt: session.lastUsedAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    current: session.sessionId === principal.id,
  };
}
