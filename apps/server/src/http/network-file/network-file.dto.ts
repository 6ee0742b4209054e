import { ApiProperty } from '@nestjs/swagger';
import { IsText } from '../auth/fields.ts';
import { NewMachine } from '../machine-edit/machine-edit.dto.ts';

/** One wrong place of a file on disk. */
export class FileProblem {
  @ApiProperty({ type: 'integer', nullable: true, description: 'Counted from 1.', example: 12 })
  readonly line!: number | null;

  @ApiProperty({ example: 'machines[3].netdata' })
  readonly path!: string;

  @ApiProperty({ example: '"ftp://10.0.0.1" is no http or https URL' })
  readonly message!: string;
}

/** Why the file on disk is not the accepted one, and does not become it. */
export class FileTroubleView {
  @ApiProperty({ description: 'Label of the process in whose directory the file is.', example: 'fra-1' })
  readonly process!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly since!: string;

  @ApiProperty({ example: 'The file on disk has problems. The accepted version goes on.' })
  readonly detail!: string;

  @ApiProperty({ type: () => [FileProblem] })
  readonly problems!: FileProblem[];
}

/** The accepted version of a network file. */
class AcceptedVersion {
  @ApiProperty({ example: 'local' })
  readonly network!: string;

  @ApiProperty({ type: 'integer', example: 12 })
  readonly version!: number;

  @ApiProperty({
    description: 'Of the bytes of the text. The ETag is the same in quotes.',
    example: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  })
  readonly hash!: string;

  @ApiProperty({ description: 'Who made it: an e-mail address, or "file".', example: 'alice@example.org' })
  readonly author!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-20T10:00:00.000Z' })
  readonly acceptedAt!: string;
}

/** A machine as the file says it, without defaults. */
export class MachineOfFile extends NewMachine {
  @ApiProperty({ type: 'integer', description: 'Where it begins, counted from 1.', example: 12 })
  readonly line!: number;
}

/** A network file. */
export class NetworkFileView extends AcceptedVersion {
  @ApiProperty({
    enum: ['local', 'git'],
    description: 'git: it is changed in its repository, and only read here.',
  })
  readonly type!: 'local' | 'git';

  @ApiProperty({ description: 'YAML, as it was written.', example: 'network_id: local\nversion: 12\n' })
  readonly text!: string;

  @ApiProperty({ type: () => [MachineOfFile], description: 'In the order of the file.' })
  readonly machines!: MachineOfFile[];

  @ApiProperty({
    type: () => [FileTroubleView],
    description: 'Changes of files on disk that wait for somebody to mend them. Empty: every file is in step.',
  })
  readonly troubles!: FileTroubleView[];
}

/** What came of an edit. */
export class EditedNetwork extends AcceptedVersion {
  @ApiProperty({ description: 'false: everything was as it should be already, and the version is the former one.' })
  readonly changed!: boolean;
}

/** A text that replaces a network file. */
export class ReplaceNetworkFile {
  @ApiProperty({
    description: 'YAML. A version that is not above the accepted one is raised.',
    maxLength: 1_048_576,
    example: 'network_id: local\nversion: 12\n',
  })
  @IsText(1_048_576)
  readonly text!: string;
}
