import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accessBreach, accessBreaches, routesOf } from './access.ts';

const FILES = globSync('apps/server/src/**/*.ts').filter(file => !file.endsWith('.spec.ts'));
const PATH = 'apps/server/src/http/x/x.controller.ts';
const IMPORTS = `import { Controller, Get, Post } from '@nestjs/common';
import { Allow, OwnAccountOnly, Public } from '../access/decorators.ts';
`;
const breachesIn = (source: string): string[] =>
  routesOf(PATH, IMPORTS + source).flatMap(route => accessBreach(route) ?? []);

describe('who may use a route', () => {
  test('is declared once by every route of the server', () => {
    expect(FILES.flatMap(accessBreaches)).toEqual([]);
  });

  test('is looked for in every controller', () => {
    const controllers = FILES.filter(file => file.endsWith('.controller.ts'));
    expect(controllers.length).toBeGreaterThan(10);
    expect(controllers.filter(file => routesOf(file, readFileSync(file, 'utf8')).length === 0)).toEqual([]);
  });

  test.each([
    ['one that declares nothing', '@Controller() class X { @Get() read() {} }'],
    ['one beside one that does', `@Controller() class X { @Get() @Public() a() {} @Post() b() {} }`],
    ['one that declares two things', `@Controller() class X { @Get() @Public() @Allow('history:read') a() {} }`],
    ['one whose class declares two', `@Public() @OwnAccountOnly() @Controller() class X { @Get() a() {} }`],
    ['one by another name', `import { Get as Read } from '@nestjs/common'; @Controller() class X { @Read() a() {} }`],
    ['one by a namespace', `import * as nest from '@nestjs/common'; @Controller() class X { @nest.Get() a() {} }`],
    ['one in a class that is exported', '@Controller() export default class X { @Get() a() {} }'],
    ['one in a class without a name', 'export const X = class { @Get() a() {} };'],
    [
      'one opened by what only sounds so',
      `import { Public as Open } from '../open.ts'; class X { @Get() @Open() a() {} }`,
    ],
    ['one opened in a comment', '@Controller() class X { @Get() /* @Public() */ a() {} }'],
  ])('a planted breach is found: %s', (_what, source) => {
    expect(breachesIn(source)).toEqual([expect.stringContaining(`${PATH}: `)]);
  });

  test.each([
    ['by the route', `@Controller() class X { @Get() @Allow('history:read') a() {} }`],
    ['by its class', `@Controller() @Public() class X { @Get() a() {} @Post() b() {} }`],
    [
      'by the route, otherwise than by its class',
      `@Controller() @Public() class X { @Get() @OwnAccountOnly() a() {} }`,
    ],
    ['by a namespace', `import * as access from '../access/x.ts'; class X { @Get() @access.Public() a() {} }`],
    ['of what is no route', '@Controller() class X { read() {} }'],
  ])('no breach is what is declared %s', (_what, source) => {
    expect(breachesIn(source)).toEqual([]);
  });
});

test.each([
  [
    `@Controller('api/v1/users') class X { @Get(':user/sessions') @Public() a() {} }`,
    'GET /api/v1/users/{user}/sessions',
  ],
  [`@Controller() class X { @Post('healthz') @Public() a() {} }`, 'POST /healthz'],
  [`@Controller('a') class X { @Get(PATH) @Public() a() {} }`, null],
])('%s is called %s', (source, name) => {
  expect(routesOf(PATH, IMPORTS + source).map(route => route.name)).toEqual([name]);
});
