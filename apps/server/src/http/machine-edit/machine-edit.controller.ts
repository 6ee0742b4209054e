import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { MachineEdit } from '#config';
import { NetworkEditor, type Editing } from '../../networks/network-editor.ts';
import { Allow } from '../access/access-rule.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { presentEdited, type EditSubject } from '../network-file/edit-answers.ts';
import { Edits, type EditRequest } from '../network-file/edit-request.ts';
import { isMatchedBy } from '../network-file/if-match.ts';
import { EditedNetwork } from '../network-file/network-file.dto.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { AddMachines, ChangeMachine } from './machine-edit.dto.ts';
import { placeInAdded, placeInChanged } from './place-in-request.ts';

const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description:
    'Only when this is still the accepted text. Without it the newest text is edited, whatever changed meanwhile.',
};

/** What every edit may be refused with. */
@ApiTags('editing')
@ApiParam({ name: 'network', example: 'local' })
@ApiHeader(IF_MATCH)
@ApiProblem(400, 'INVALID_REQUEST')
@ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
@ApiProblem(409, 'MACHINE_EXISTS', 'READ_ONLY', 'NOT_EDITABLE')
@ApiProblem(412, 'STALE')
@ApiProblem(422, 'NETWORK_FILE_INVALID')
@Allow('networks:write')
@Controller('api/v1/networks/:network/machines')
export class MachineEditController {
  private readonly lookup: MachineLookup;
  private readonly editor: NetworkEditor;

  constructor(lookup: MachineLookup, editor: NetworkEditor) {
    this.lookup = lookup;
    this.editor = editor;
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Add machines to the network file: all of them, or none' })
  @ApiOkResponse({ type: EditedNetwork })
  async add(
    @Param('network') network: string,
    @Body() { machines }: AddMachines,
    @Edits() request: EditRequest,
  ): Promise<EditedNetwork> {
    const subject = { network, placeOf: placeInAdded };
    return await this.edit(subject, { kind: 'add', machines }, request);
  }

  @Patch(':machine')
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOperation({
    summary: 'Change a machine of the network file, or rename it',
    description: 'Comments and order stay. A machine that is renamed keeps its history.',
  })
  @ApiOkResponse({ type: EditedNetwork })
  async change(
    @Param('network') network: string,
    @Param('machine') machine: string,
    @Body() body: ChangeMachine,
    @Edits() request: EditRequest,
  ): Promise<EditedNetwork> {
    const subject = { network, machine, placeOf: placeInChanged };
    return await this.edit(subject, { kind: 'change', machine, changes: given(body) }, request);
  }

  @Delete(':machine')
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOperation({
    summary: 'Take a machine out of the network file',
    description:
      'What is stored of it stays until its retention is over; put in again under its name, it is the same machine.',
  })
  @ApiOkResponse({ type: EditedNetwork })
  async remove(
    @Param('network') network: string,
    @Param('machine') machine: string,
    @Edits() request: EditRequest,
  ): Promise<EditedNetwork> {
    return await this.edit({ network, machine }, { kind: 'remove', machine }, request);
  }

  private async edit(subject: EditSubject, edit: MachineEdit, request: EditRequest): Promise<EditedNetwork> {
    const network = this.lookup.network(subject.network);
    const outcome = await this.editor.edit(network, edit, editingOf(request));
    return request.answer(presentEdited(outcome, subject));
  }
}

function editingOf({ by, ifMatch }: EditRequest): Editing {
  return ifMatch === undefined
    ? { by, isBasedOn: () => true, mayRetry: true }
    : { by, isBasedOn: isMatchedBy(ifMatch), mayRetry: false };
}

/** A body has every key of its class; those that were not sent are `undefined`. */
function given(body: ChangeMachine): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}
