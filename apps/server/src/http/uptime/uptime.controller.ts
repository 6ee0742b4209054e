import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Clock, metricsMonitorOf } from '#config';
import { Storage, type CheckCounts, type Stretch } from '#storage';
import { ServerInfo } from '../../server-info.ts';
import { Allow } from '../access/access-rule.ts';
import { decideRange } from '../history/decide-range.ts';
import { RangeQuery } from '../history/range.dto.ts';
import { MachineLookup } from '../machines/machine-lookup.ts';
import { ApiProblem } from '../problem/api-problem.ts';
import { uptimeOf } from '../services/uptime-of.ts';
import { UptimeView, type CheckCountsView, type MonitorUptime } from './uptime.dto.ts';
import { windowsTouched, withoutCounts } from './without-maintenance.ts';

/** Days that are over are summed: a century of them is read in no time. */
const MAX_DAYS = 36_525;
const DAY_MS = 86_400_000;

@ApiTags('history')
@Controller('api/v1/networks/:network/machines/:machine/uptime')
export class UptimeController {
  private readonly storage: Storage;
  private readonly lookup: MachineLookup;
  private readonly info: ServerInfo;
  private readonly clock: Clock;

  constructor(storage: Storage, lookup: MachineLookup, info: ServerInfo, clock: Clock) {
    this.storage = storage;
    this.lookup = lookup;
    this.info = info;
    this.clock = clock;
  }

  @Get()
  @Allow('history:read')
  @Header('Cache-Control', 'private, no-cache')
  @ApiOperation({ summary: 'How reachable a machine was, in the windows that start within a range' })
  @ApiParam({ name: 'network', example: 'local' })
  @ApiParam({ name: 'machine', example: 'db-1' })
  @ApiOkResponse({ type: UptimeView })
  @ApiProblem(400, 'INVALID_REQUEST', 'INVALID_RANGE')
  @ApiProblem(404, 'NETWORK_NOT_FOUND', 'MACHINE_NOT_FOUND')
  async read(
    @Param('network') network: string,
    @Param('machine') name: string,
    @Query() query: RangeQuery,
  ): Promise<UptimeView> {
    const machine = await this.lookup.machine(network, name);
    const range = decideRange(query, DAY_MS, this.clock.now(), MAX_DAYS);
    const [file, { counts, leftOut }] = await Promise.all([
      this.lookup.file(network),
      this.countsOf(machine.machineId, range),
    ]);
    const monitor = metricsMonitorOf(file, machine)?.name ?? null;
    return {
      network,
      machine: name,
      from: range.from.toISOString(),
      to: range.to.toISOString(),
      monitor,
      uptime: presentCounts(counts.find(one => one.monitor === monitor)),
      monitors: counts.map(presentMonitor),
      maintenance: presentLeftOut(leftOut, this.info.windowMs),
    };
  }

  /** What the monitors counted outside of maintenance, and what was left out for it. */
  private async countsOf(machineId: number, range: Stretch): Promise<{ counts: CheckCounts[]; leftOut: Stretch[] }> {
    const { observations, series } = this.storage;
    const [counted, times] = await Promise.all([
      observations.checkSummary([machineId], range.from, range.to),
      series.timesIn(machineId, 'maintenance', range),
    ]);
    const leftOut = windowsTouched(times, range, this.info.windowMs);
    return { counts: withoutCounts(counted, await series.checksWithin(machineId, leftOut)), leftOut };
  }
}

function presentCounts(counts: CheckCounts | undefined): CheckCountsView {
  return { percent: uptimeOf(counts), probes: counts?.probes ?? 0, failures: counts?.failures ?? 0 };
}

function presentMonitor(counts: CheckCounts): MonitorUptime {
  const { percent, probes, failures } = presentCounts(counts);
  return { monitor: counts.monitor, percent, probes, failures };
}

function presentLeftOut(leftOut: readonly Stretch[], windowMs: number): UptimeView['maintenance'] {
  const ms = leftOut.reduce((sum, { from, to }) => sum + to.getTime() - from.getTime(), 0);
  return { windows: ms / windowMs, minutes: ms / 60_000 };
}
