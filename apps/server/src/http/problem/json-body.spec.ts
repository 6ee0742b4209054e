import type { Server } from 'node:http';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Allow, IsOptional } from 'class-validator';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOfBody, readJsonBodies } from './json-body.ts';
import { ProblemFilter } from './problem.filter.ts';
import { createValidationPipe } from './validation.ts';

/** An array in an array, so many levels. */
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

test.each([
  ['an empty object is right', '{}', null],
  ['an object of anything is right', '{"a":{"b":[1,null,"c"]}}', null],
  ['twenty levels are right', `{"a":${nested(19)}}`, null],
  ['twenty-one are not', `{"a":1,"b":${nested(20)}}`, 'must not nest deeper than 20 levels'],
  ['thirty thousand are not', `{"a":${nested(30_000)}}`, 'must not nest deeper than 20 levels'],
  ['an array is not', '[{}]', 'must be a JSON object'],
  ['nothing is not', 'null', 'must be a JSON object'],
  ['a text is not', '"a"', 'must be a JSON object'],
  ['a number is not', '0', 'must be a JSON object'],
])('as a body %s', (_what, text, expected) => {
  expect(problemOfBody(JSON.parse(text))).toBe(expected);
});

class Thing {
  @Allow()
  @IsOptional()
  readonly a?: unknown;
}

@Controller('things')
class ThingsController {
  @Post()
  make(@Body() thing: Thing): { a: unknown } {
    return { a: thing.a };
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

describe('a server', () => {
  let app: NestExpressApplication;
  let server: Server;

  beforeAll(async () => {
    app = await NestFactory.create<NestExpressApplication>(ThingsModule, { logger: false, bodyParser: false });
    app.useGlobalFilters(new ProblemFilter({ debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }));
    app.useGlobalPipes(createValidationPipe());
    readJsonBodies(app);
    await app.listen(0, '127.0.0.1');
    server = app.getHttpServer() as Server;
  });
  afterAll(() => app.close());

  test.each([
    ['an object', '{"a":[1]}', 201, undefined],
    ['thirty thousand arrays in an object', `{"a":${nested(30_000)}}`, 400, 'INVALID_REQUEST'],
    ['thirty thousand arrays', nested(30_000), 400, 'INVALID_REQUEST'],
    ['nothing', 'null', 400, 'INVALID_REQUEST'],
    ['a text', '"a"', 400, 'INVALID_REQUEST'],
    ['half an object', '{"a":', 400, 'BAD_REQUEST'],
    ['too much', `{"a":"${'a'.repeat(65_536)}"}`, 413, 'PAYLOAD_TOO_LARGE'],
  ])('that gets %s answers as it should', async (_what, body, status, code) => {
    const answer = await request(server).post('/things').set('content-type', 'application/json').send(body);
    expect([answer.status, (JSON.parse(answer.text) as { code?: string }).code]).toEqual([status, code]);
  });
});
