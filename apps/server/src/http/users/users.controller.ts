import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request } from 'express';
import { Users, type Principal } from '#auth';
import { Allow } from '../access/access-rule.ts';
import { originOf } from '../access/origin.ts';
import { Who } from '../access/who.ts';
import { readPage } from '../page/page.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { accountIdOf, UserParam } from './account-id.ts';
import { presentUser } from './present-user.ts';
import { ChangeUser, CreateUser, NewUser, User, UserLink, UserList, UserQuery } from './user.dto.ts';
import { UserLinks } from './user-links.ts';

@ApiTags('users')
@Controller('api/v1/users')
export class UsersController {
  private readonly users: Users;
  private readonly links: UserLinks;

  constructor(users: Users, links: UserLinks) {
    this.users = users;
    this.links = links;
  }

  @Get()
  @Allow('users:read')
  @ApiOperation({ summary: 'The accounts, the oldest first' })
  @ApiOkResponse({ type: UserList })
  @ApiProblem(400, 'INVALID_REQUEST')
  async list(@Query() query: UserQuery): Promise<UserList> {
    const { items, next } = await readPage(
      query,
      (after, limit) => this.users.page({ after: Number(after ?? 0), limit }),
      ({ accountId }) => String(accountId),
    );
    return { items: items.map(account => presentUser(account)), next };
  }

  @Post()
  @Allow('users:write')
  @ApiOperation({
    summary: 'Invite somebody: makes an account and a link to set its password',
    description: 'distomon sends no mail: hand the link on yourself. It works once, for seven days.',
  })
  @ApiCreatedResponse({ type: NewUser })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_NETWORK')
  @ApiProblem(409, 'EMAIL_TAKEN')
  async create(@Body() body: CreateUser, @Who() by: Principal, @Req() request: Request): Promise<NewUser> {
    const wanted = { email: body.email, name: body.name ?? '', role: body.role, networks: body.networks ?? null };
    const account = await this.users.create(wanted, by, originOf(request));
    return { user: presentUser(account), link: await this.links.make(account.accountId, by, request) };
  }

  @Get(':user')
  @Allow('users:read')
  @UserParam()
  @ApiOperation({ summary: 'One account' })
  @ApiOkResponse({ type: User })
  @ApiProblem(404, 'USER_NOT_FOUND')
  async read(@Param('user') id: string): Promise<User> {
    return presentUser(await this.users.find(accountIdOf(id)));
  }

  @Patch(':user')
  @Allow('users:write')
  @UserParam()
  @ApiOperation({
    summary: 'Change an account: its name, role, networks, or whether it can be used',
    description: 'It holds from the next request on, for sessions and tokens that exist too.',
  })
  @ApiOkResponse({ type: User })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_NETWORK')
  @ApiProblem(404, 'USER_NOT_FOUND')
  @ApiProblem(409, 'LAST_ADMIN')
  async change(
    @Param('user') id: string,
    @Body() changes: ChangeUser,
    @Who() by: Principal,
    @Req() request: Request,
  ): Promise<User> {
    return presentUser(await this.users.change(accountIdOf(id), changes, by, originOf(request)));
  }

  @Delete(':user')
  @HttpCode(204)
  @Allow('users:write')
  @UserParam()
  @ApiOperation({
    summary: 'Delete an account with its sessions, tokens and links',
    description: 'The audit log keeps what it did.',
  })
  @ApiNoContentResponse()
  @ApiProblem(404, 'USER_NOT_FOUND')
  @ApiProblem(409, 'LAST_ADMIN')
  async remove(@Param('user') id: string, @Who() by: Principal, @Req() request: Request): Promise<void> {
    await this.users.remove(accountIdOf(id), by, originOf(request));
  }

  @Post(':user/link')
  @Allow('users:write')
  @UserParam()
  @ApiOperation({
    summary: 'Make a new link to set the password: an invitation or a reset',
    description: 'A former link no longer works. An invitation lasts seven days, a reset one day.',
  })
  @ApiCreatedResponse({ type: UserLink })
  @ApiProblem(404, 'USER_NOT_FOUND')
  async link(@Param('user') id: string, @Who() by: Principal, @Req() request: Request): Promise<UserLink> {
    return await this.links.make(accountIdOf(id), by, request);
  }

  @Delete(':user/sessions')
  @HttpCode(204)
  @Allow('users:write')
  @UserParam()
  @ApiOperation({ summary: 'Sign somebody out everywhere' })
  @ApiNoContentResponse()
  @ApiProblem(404, 'USER_NOT_FOUND')
  async endSessions(@Param('user') id: string, @Who() by: Principal, @Req() request: Request): Promise<void> {
    await this.users.endSessions(accountIdOf(id), by, originOf(request));
  }
}
