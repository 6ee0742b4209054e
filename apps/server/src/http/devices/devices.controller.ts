import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { DeviceMemoryReader, DevicesReader, MAX_DEVICE_DAYS, type DeviceName } from '#collector';
import { Clock } from '#config';
import { Allow } from '../access/access-rule.ts';
import { decideRange } from '../history/decide-range.ts';
import { abandoned } from '../history/send-answer.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { invalidRequest } from '../problem/problem.ts';
import { DeviceHistory, DeviceHistoryQuery, Devices } from './device.dto.ts';
import { presentDeviceHistory } from './present-device-history.ts';

const DAY_MS = 86_400_000;

@ApiTags('machines')
@ApiParam({ name: 'network', example: 'local' })
@ApiParam({ name: 'machine', example: 'db-1' })
@ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
@Controller('api/v1/networks/:network/machines/:machine/devices')
export class DevicesController {
  private readonly lookup: MachineLookup;
  private readonly devices: DevicesReader;
  private readonly memory: DeviceMemoryReader;
  private readonly clock: Clock;

  constructor(lookup: MachineLookup, devices: DevicesReader, memory: DeviceMemoryReader, clock: Clock) {
    this.lookup = lookup;
    this.devices = devices;
    this.memory = memory;
    this.clock = clock;
  }

  @Get()
  @Allow('metrics:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({
    summary: 'The mounts and network interfaces that a machine has now',
    description:
      'Read from the machine when it is asked for; who asks within the same second shares it. Nothing of it is stored, unless the network file asks for its charts.',
  })
  @ApiOkResponse({ type: Devices })
  async read(@Param('network') network: string, @Param('machine') name: string): Promise<Devices> {
    const machine = await this.lookup.machine(network, name);
    const { reading, at } = await this.devices.read(machine);
    const seen =
      reading.reason === null
        ? { reason: null, detail: null, ...reading.devices }
        : { reason: reading.reason, detail: reading.detail, mounts: null, interfaces: null };
    return { network, machine: name, readAt: at.toISOString(), ...seen };
  }

  @Get('history')
  @Allow('history:read')
  @Header('Cache-Control', 'private, no-cache')
  @ApiOperation({
    summary: "One mount or network interface over time, out of the machine's own memory",
    description:
      'In at most 800 points, as fine as the agent still has them of all of the time: its seconds put together, and of times beyond a day the averages that it keeps for longer. Times before its memory are left out, and so is a point that is not over yet. When there is nothing, "reason" says why. The built-in monitor of this host remembers nothing of single devices.',
  })
  @ApiOkResponse({ type: DeviceHistory })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_RANGE')
  async history(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Query() query: DeviceHistoryQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeviceHistory> {
    const device = deviceOf(query);
    const machine = await this.lookup.machine(network, name);
    const range = decideRange(query, DAY_MS, this.clock.now(), MAX_DEVICE_DAYS - 1);
    const reading = await this.memory.read(machine, device, range, abandoned(response));
    return { network, machine: name, ...presentDeviceHistory(device, range, reading) };
  }
}

function deviceOf({ mount, interface: name }: DeviceHistoryQuery): DeviceName {
  if (mount !== undefined && name === undefined) return { kind: 'mount', name: mount };
  if (name !== undefined && mount === undefined) return { kind: 'interface', name };
  throw invalidRequest('mount', 'name one device: either "mount" or "interface"');
}
