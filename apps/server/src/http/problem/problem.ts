import { HttpException } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** One wrong part of a request. */
export class ProblemPart {
  @ApiProperty({ description: 'Which parameter or field.', example: 'from' })
  readonly path!: string;

  @ApiProperty({
    description: 'What is wrong with it, and what would be right.',
    example: 'must be an RFC 3339 time, such as 2026-11-20T10:00:00Z',
  })
  readonly message!: string;

  @ApiPropertyOptional({
    type: 'integer',
    nullable: true,
    description: 'Of a file: the line, counted from 1.',
    example: 12,
  })
  readonly line?: number | null;
}

/** An error as RFC 9457 has it. `code` is stable: programs may depend on it. */
export class Problem {
  @ApiProperty({ example: 'about:blank' })
  readonly type!: string;

  @ApiProperty({ example: 'Not Found' })
  readonly title!: string;

  @ApiProperty({ type: 'integer', example: 404 })
  readonly status!: number;

  @ApiProperty({ description: 'Stable and machine-readable.', example: 'MACHINE_NOT_FOUND' })
  readonly code!: string;

  @ApiProperty({
    description: 'For people: what happened and what to do.',
    example: 'There is no machine "db-9" in the network "local".',
  })
  readonly detail!: string;

  @ApiPropertyOptional({ type: () => [ProblemPart] })
  readonly errors?: ProblemPart[];

  @ApiPropertyOptional({ description: 'READ_ONLY: the change to propose, in the unified format.' })
  readonly patch?: string;
}

/** An HTTP error with a stable code. Thrown by controllers, rendered by the problem filter. */
export class ProblemException extends HttpException {
  readonly code: string;
  readonly errors: readonly ProblemPart[] | undefined;
  /** The change to propose elsewhere. */
  readonly patch: string | undefined;

  constructor(status: number, code: string, detail: string, errors?: readonly ProblemPart[], patch?: string) {
    super(detail, status);
    this.code = code;
    this.errors = errors;
    this.patch = patch;
  }
}

/** A request that is wrong in one part, found after its shape was checked. */
export function invalidRequest(path: string, message: string): ProblemException {
  return new ProblemException(400, 'INVALID_REQUEST', INVALID_REQUEST_DETAIL, [{ path, message }]);
}

/** The sentence of every problem document with the code `INVALID_REQUEST`. */
export const INVALID_REQUEST_DETAIL = 'The request has parameters that are wrong; "errors" names each.';
