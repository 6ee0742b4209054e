import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { Request } from 'express';
import { Clock } from '#config';
import { ApiTokens, type Principal } from '#auth';
import type { StoredToken } from '#storage';
import { OwnAccountOnly } from '../access/access-rule.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { invalidRequest } from '../problem/problem.ts';
import { CreateToken, NewToken, TokenList, type TokenItem } from './token.dto.ts';

@ApiTags('own account')
@OwnAccountOnly()
@Controller('api/v1/tokens')
export class TokensController {
  private readonly tokens: ApiTokens;
  private readonly clock: Clock;

  constructor(tokens: ApiTokens, clock: Clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  @Get()
  @ApiOperation({ summary: 'Your tokens, also those that have ended' })
  @ApiOkResponse({ type: TokenList })
  async list(@Who() principal: Principal): Promise<TokenList> {
    const tokens = await this.tokens.list(principal);
    return { items: tokens.map(token => presentToken(token)), next: null };
  }

  @Post()
  @ApiOperation({ summary: 'Make a token for a program', description: 'The answer holds the token, this once.' })
  @ApiCreatedResponse({ type: NewToken })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(403, 'SCOPE_NOT_ALLOWED')
  async create(@Body() body: CreateToken, @Who() principal: Principal, @Req() request: Request): Promise<NewToken> {
    const expiresAt = typeof body.expiresAt === 'string' ? new Date(body.expiresAt) : null;
    if (expiresAt !== null && expiresAt <= this.clock.now()) throw invalidRequest('expiresAt', 'must lie ahead');
    const wanted = { name: body.name, scopes: body.scopes, expiresAt };
    const { token, secret } = await this.tokens.create(wanted, principal, originOf(request));
    return Object.assign(presentToken(token), { secret });
  }

  @Delete(':token')
  @HttpCode(204)
  @ApiParam({ name: 'token', description: 'The id of the token.', example: '7c9e6679-7425-40de-944b-e07fc1f90ae7' })
  @ApiOperation({ summary: 'Revoke a token: it no longer works' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'TOKEN_NOT_FOUND')
  async revoke(@Param('token') tokenId: string, @Who() principal: Principal, @Req() request: Request): Promise<void> {
    await this.tokens.revoke(tokenId, principal, originOf(request));
  }
}

function presentToken(token: StoredToken): TokenItem {
  return {
    id: token.tokenId,
    name: token.name,
    hint: token.hint,
    scopes: [...token.scopes],
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt?.toISOString() ?? null,
    lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
    revokedAt: token.revokedAt?.toISOString() ?? null,
  };
}
