import type { Type } from '@nestjs/common';
import { getSchemaPath, type ApiResponseOptions } from '@nestjs/swagger';

/** What can be wrong with the time, or the fineness, that is asked for. */
export const RANGE_PROBLEMS = ['INVALID_REQUEST', 'INVALID_RANGE', 'UNKNOWN_RESOLUTION', 'TOO_MANY_POINTS'] as const;

/** How a range is read, for people. */
export const RANGE_RULES = `The first point is the one in which "from" lies, the last one starts before "to". Hours and days are those of UTC.
What will not change any more may be kept for an hour (Cache-Control); JSON has an ETag.`;

/** An answer that is JSON of such a shape, or CSV. */
export function tableOf(model: Type): ApiResponseOptions {
  return {
    description:
      'JSON, or CSV (RFC 4180) with a line of names; of several machines with "machine" as the first column.',
    content: {
      'application/json': { schema: { $ref: getSchemaPath(model) } },
      'text/csv': { schema: { type: 'string' }, example: 'time,reachable,reason,samples,source,…\r\n' },
    },
  };
}
