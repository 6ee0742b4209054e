import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, Matches, MaxLength } from 'class-validator';

/** What to look at. */
export class LiveQuery {
  @ApiProperty({ example: 'local' })
  @IsString()
  @MaxLength(100)
  readonly network!: string;

  @ApiPropertyOptional({
    description: 'Names of machines and services, separated by commas. Needed in a network of more than 300 machines.',
    example: 'db-1,web-1',
  })
  @IsOptional()
  @IsString()
  @MaxLength(32_000)
  readonly machines?: string;

  @ApiPropertyOptional({
    description: 'Resume after this state change; the header Last-Event-ID means the same.',
    example: '17',
  })
  @IsOptional()
  @Matches(/^\d{1,15}$/, { message: 'must be the id of an event' })
  readonly after?: string;
}
