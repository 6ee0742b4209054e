import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { IsText } from '../fields.ts';

/** Where somebody wants to go. */
export class GoogleQuery {
  @ApiPropertyOptional({
    description: 'Where to go once signed in: a path of this server; anything else is taken for "/".',
    example: '/?network=acme',
  })
  @IsOptional()
  @IsText(2_000)
  readonly next?: string;
}
