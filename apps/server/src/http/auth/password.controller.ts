import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Links, OwnAccount, type Principal } from '#auth';
import { OwnAccountOnly, Public } from '../access/access-rule.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { ApiProblem, UNAVAILABLE } from '../problem/api-problem.ts';
import { LinkToken, LinkUse, LinkView, PasswordChange, SessionView } from './session.dto.ts';
import { SessionViews } from './session-views.ts';

@ApiTags('sign-in')
@Controller('api/v1/auth')
export class PasswordController {
  private readonly ownAccount: OwnAccount;
  private readonly links: Links;
  private readonly views: SessionViews;

  constructor(ownAccount: OwnAccount, links: Links, views: SessionViews) {
    this.ownAccount = ownAccount;
    this.links = links;
    this.views = views;
  }

  @Post('password')
  @HttpCode(204)
  @OwnAccountOnly()
  @ApiOperation({
    summary: 'Change your own password',
    description:
      'All your other sessions end. An account that has only signed in by Google gives itself one without "current".',
  })
  @ApiNoContentResponse()
  @ApiProblem(400, 'INVALID_REQUEST', 'WEAK_PASSWORD')
  @ApiProblem(403, 'WRONG_PASSWORD')
  @ApiProblem(429, 'TOO_MANY_ATTEMPTS')
  @ApiProblem(503, 'TOO_BUSY', ...UNAVAILABLE)
  async change(@Body() change: PasswordChange, @Who() principal: Principal, @Req() request: Request): Promise<void> {
    await this.ownAccount.changePassword(change, principal, originOf(request));
  }

  @Post('link/check')
  @HttpCode(200)
  @Public()
  @ApiOperation({ summary: 'What a link is for; it is not used up by asking' })
  @ApiOkResponse({ type: LinkView })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(403, 'LINK_INVALID')
  async check(@Body() { token }: LinkToken): Promise<LinkView> {
    return await this.links.check(token);
  }

  @Post('link')
  @HttpCode(200)
  @Public()
  @ApiOperation({
    summary: 'Set a password by a link, and sign in',
    description: 'A link works once. All former sessions of the account end.',
  })
  @ApiOkResponse({ type: SessionView })
  @ApiProblem(400, 'INVALID_REQUEST', 'WEAK_PASSWORD')
  @ApiProblem(401, 'SIGN_IN_FAILED')
  @ApiProblem(403, 'LINK_INVALID')
  @ApiProblem(503, 'TOO_BUSY', ...UNAVAILABLE)
  async use(
    @Body() { token, password }: LinkUse,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const session = await this.links.use({ secret: token, password }, originOf(request));
    return await this.views.begin(request, response, session);
  }
}
