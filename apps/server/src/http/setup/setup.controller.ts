import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Setup } from '#auth';
import { Public } from '../access/access-rule.ts';
import { originOf } from '../access/origin.ts';
import { SessionView } from '../auth/session.dto.ts';
import { SessionViews } from '../auth/session-views.ts';
import { ApiProblem, UNAVAILABLE } from '../problem/api-problem.ts';
import { SetUp } from './setup.dto.ts';

@ApiTags('sign-in')
@Controller('api/v1/setup')
export class SetupController {
  private readonly setup: Setup;
  private readonly views: SessionViews;

  constructor(setup: Setup, views: SessionViews) {
    this.setup = setup;
    this.views = views;
  }

  @Post()
  @Public()
  @ApiOperation({
    summary: 'Make the first admin by the setup link, and sign in',
    description: 'The link is printed when the server starts and there is no account. It works once.',
  })
  @ApiCreatedResponse({ type: SessionView })
  @ApiProblem(400, 'INVALID_REQUEST', 'WEAK_PASSWORD')
  @ApiProblem(401, 'SIGN_IN_FAILED')
  @ApiProblem(403, 'LINK_INVALID')
  @ApiProblem(409, 'SETUP_DONE')
  @ApiProblem(503, 'TOO_BUSY', ...UNAVAILABLE)
  async finish(
    @Body() { token, email, name, password }: SetUp,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SessionView> {
    const admin = { secret: token, email, name: name ?? '', password };
    const session = await this.setup.finish(admin, originOf(request));
    return await this.views.begin(request, response, session);
  }
}
