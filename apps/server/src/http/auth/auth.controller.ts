import { Body, Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { SignIn, type Principal } from '#auth';
import { Public } from '../access/access-rule.ts';
import { clearSessionCookie } from '../access/cookies.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { ApiProblem, UNAVAILABLE } from '../problem/api-problem.ts';
import { Credentials, SessionView } from './session.dto.ts';
import { SessionViews } from './session-views.ts';

@ApiTags('sign-in')
@Controller('api/v1/auth')
export class AuthController {
  private readonly signIn: SignIn;
  private readonly views: SessionViews;

  constructor(signIn: SignIn, views: SessionViews) {
    this.signIn = signIn;
    this.views = views;
  }

  @Get('session')
  @Public()
  @ApiOperation({
    summary: 'Who is signed in, what they may do, and how one can sign in',
    description: 'Answers also when nobody is signed in.',
  })
  @ApiOkResponse({ type: SessionView })
  async read(@Req() request: Request, @Who() principal: Principal | null): Promise<SessionView> {
    return await this.views.of(request, principal);
  }

  @Post('login')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Sign in by e-mail address and password',
    description:
      'Sets the session cookie. The session that was sent along ends. After some wrong passwords there is a delay that grows.',
  })
  @ApiOkResponse({ type: SessionView })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(401, 'SIGN_IN_FAILED')
  @ApiProblem(403, 'ACCOUNT_DISABLED')
  @ApiProblem(429, 'TOO_MANY_ATTEMPTS')
  @ApiProblem(503, 'TOO_BUSY', ...UNAVAILABLE)
  async logIn(
    @Body() credentials: Credentials,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const session = await this.signIn.withPassword(credentials, originOf(request));
    return await this.views.begin(request, response, session);
  }

  @Post('logout')
  @HttpCode(204)
  @Public()
  @ApiOperation({
    summary: 'Sign out: ends the session',
    description: 'Does nothing for a token, or when nobody is signed in.',
  })
  @ApiNoContentResponse()
  async logOut(
    @Who() principal: Principal | null,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    if (principal?.via === 'token') return;
    if (principal !== null) await this.signIn.end(principal, originOf(request));
    clearSessionCookie(response);
  }
}
