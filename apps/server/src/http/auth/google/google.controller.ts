import { Controller, Get, Query, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Clock } from '#config';
import { Public } from '../../access/access-rule.ts';
import { setSessionCookie } from '../../access/cookies.ts';
import { originOf } from '../../access/origin.ts';
import { ApiProblem } from '../../problem/api-problem.ts';
import { GoogleFailures } from './google-failures.ts';
import type { ReturnedRequest } from './google-return.ts';
import { FromGoogle, ToGoogle } from './google.guard.ts';
import { GoogleQuery } from './google.dto.ts';
import { GoogleWay } from './google-way.ts';

@ApiTags('sign-in')
@Public()
@UseFilters(GoogleFailures)
@ApiProblem(404, 'GOOGLE_OFF')
@Controller('api/v1/auth/google')
export class GoogleController {
  private readonly way: GoogleWay;
  private readonly clock: Clock;

  constructor(way: GoogleWay, clock: Clock) {
    this.way = way;
    this.clock = clock;
  }

  @Get()
  @UseGuards(ToGoogle)
  @ApiOperation({
    summary: 'Sign in by Google: for browsers to go to',
    description: 'Only when the server has credentials for it: "google" of the session says so.',
  })
  @ApiResponse({ status: 303, description: 'To Google.' })
  @ApiProblem(400, 'INVALID_REQUEST')
  begin(@Query() _query: GoogleQuery): void {
    // The guard has sent the browser away.
  }

  @Get('callback')
  @UseGuards(FromGoogle)
  @ApiOperation({ summary: 'Where Google sends browsers back to' })
  @ApiQuery({ name: 'code', required: false, description: "Google's, for one use.", example: '4/0AX4XfWh' })
  @ApiQuery({ name: 'state', required: false, description: 'As it was sent to Google.', example: 'pXhXoU6n' })
  @ApiQuery({ name: 'error', required: false, description: 'Why Google sends nobody.', example: 'access_denied' })
  @ApiResponse({
    status: 303,
    description: 'Signed in, to where it was wanted to go; or to /sign-in?error=<code>, such as google_not_allowed.',
  })
  async finish(@Req() request: ReturnedRequest, @Res() response: Response): Promise<void> {
    const { profile, next } = request.googleReturn;
    const session = await this.way.require().finish(profile, originOf(request));
    setSessionCookie(response, session, this.clock.now());
    response.redirect(303, next);
  }
}
