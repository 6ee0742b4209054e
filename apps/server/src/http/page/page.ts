import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

/** How many a page has at most, unless the query says it. */
export const PAGE_LIMIT = 500;

/** How many of a list are wanted at a time. */
export function IsLimit(): PropertyDecorator {
  return applyDecorators(
    ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: PAGE_LIMIT }),
    IsOptional(),
    Transform(({ value }) => Number(value)),
    IsInt(),
    Min(1),
    Max(1000),
  );
}

/** Which page of a list. */
export class PageQuery {
  @IsLimit()
  readonly limit: number = PAGE_LIMIT;

  @ApiPropertyOptional({ description: 'The "next" of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  readonly cursor?: string;
}

/** What every page of a list says beside its items. */
export class PageView {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Pass it as "cursor" for the next page; null: this was the last.',
    example: null,
  })
  readonly next!: string | null;
}

/** Some of a list, and the cursor of what follows: what names its last; `null`: nothing follows. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * Reads a page of things that have an order.
 *
 * @param read gives at most `limit` of them, those after the one that `after` names; `null`: from the first
 * @param cursorOf what names a thing
 */
export async function readPage<T>(
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  read: (after: string | null, limit: number) => Promise<readonly T[]>,
  cursorOf: (item: T) => string,
): Promise<Page<T>> {
  // One more than is wanted tells whether anything follows.
  const found = await read(cursor ?? null, limit + 1);
  const items = found.slice(0, limit);
  const last = found.length > limit ? items.at(-1) : undefined;
  return { items, next: last === undefined ? null : cursorOf(last) };
}
