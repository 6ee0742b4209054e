import { Body, Controller, Get, Param, Put, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { writtenMachines } from '#config';
import { Storage, type FileTrouble } from '#storage';
import { NetworkEditor } from '../../networks/network-editor.ts';
import { Allow } from '../access/access-rule.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { ProblemException } from '../problem/problem.ts';
import { presentEdited } from './edit-answers.ts';
import { Edits, type EditRequest } from './edit-request.ts';
import { etagOf, isAnyText, isMatchedBy, requireIfMatch } from './if-match.ts';
import {
  EditedNetwork,
  NetworkFileView,
  ReplaceNetworkFile,
  type FileTroubleView,
  type MachineOfFile,
} from './network-file.dto.ts';

@ApiTags('editing')
@ApiParam({ name: 'network', example: 'local' })
@ApiProblem(404, 'NETWORK_NOT_FOUND')
@Allow('networks:write')
@Controller('api/v1/networks/:network/file')
export class NetworkFileController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;
  private readonly editor: NetworkEditor;

  constructor(storage: Storage, lookup: MachineLookup, editor: NetworkEditor) {
    this.storage = storage;
    this.lookup = lookup;
    this.editor = editor;
  }

  @Get()
  @ApiOperation({ summary: 'The accepted network file, its text and version' })
  @ApiOkResponse({ type: NetworkFileView, headers: { ETag: { schema: { type: 'string' } } } })
  async read(@Param('network') name: string, @Res({ passthrough: true }) response: Response): Promise<NetworkFileView> {
    const network = this.lookup.network(name);
    const [current, troubles] = await Promise.all([
      this.storage.networks.current(network),
      this.storage.fileTroubles.of(network),
    ]);
    if (current === null)
      throw new ProblemException(404, 'NETWORK_NOT_FOUND', `No version of the network "${network}" is accepted yet.`);
    const { version, hash, author, acceptedAt, text } = current;
    response.set('etag', etagOf(hash));
    return {
      network,
      version,
      hash,
      author,
      acceptedAt: acceptedAt.toISOString(),
      type: this.editor.typeOf(network),
      text,
      machines: writtenMachines(text).map(({ keys, line }) => ({ ...keys, line }) as MachineOfFile),
      troubles: troubles.map(presentTrouble),
    };
  }

  @Put()
  @ApiOperation({
    summary: 'Replace the whole network file',
    description: 'The text becomes the next version as it is, comments too. A text with a problem changes nothing.',
  })
  @ApiHeader({ name: 'If-Match', required: true, description: 'The ETag of the text that this one replaces.' })
  @ApiOkResponse({ type: EditedNetwork })
  @ApiProblem(400, 'INVALID_REQUEST')
  @ApiProblem(409, 'READ_ONLY')
  @ApiProblem(412, 'STALE')
  @ApiProblem(422, 'NETWORK_FILE_INVALID')
  @ApiProblem(428, 'IF_MATCH_REQUIRED')
  async replace(
    @Param('network') name: string,
    @Body() { text }: ReplaceNetworkFile,
    @Edits() request: EditRequest,
  ): Promise<EditedNetwork> {
    const network = this.lookup.network(name);
    const header = requireIfMatch(request.ifMatch);
    const editing = { by: request.by, isBasedOn: isMatchedBy(header), mayRetry: isAnyText(header) };
    return request.answer(presentEdited(await this.editor.replace(network, text, editing), { network }));
  }
}

function presentTrouble({ process, since, detail, problems }: FileTrouble): FileTroubleView {
  return { process, since: since.toISOString(), detail, problems: problems.map(problem => ({ ...problem })) };
}
