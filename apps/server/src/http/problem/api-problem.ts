import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';
import { Problem } from './problem.ts';

/** What every request can meet while something that distomon needs is away. */
export const UNAVAILABLE = ['STORAGE_UNAVAILABLE', 'QUEUE_UNAVAILABLE'] as const;

/** Documents that an operation, or all of a controller, may answer with this status and one of these codes. */
export function ApiProblem(status: number, ...codes: readonly string[]): ClassDecorator & MethodDecorator {
  return applyDecorators(ApiExtraModels(Problem), ApiResponse(problemResponse(status, codes)));
}

/** How OpenAPI describes such an answer. */
export function problemResponse(status: number, codes: readonly string[]): ApiResponseOptions {
  return { status, ...problemBody(codes) };
}

/** The same without its status, under which a document keeps it. */
export function problemBody(codes: readonly string[]) {
  return {
    description: codes.join(', ').replace(/, (?=[^,]*$)/, ' or '),
    content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
  };
}
