import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  MaxLength,
  Min,
  validateSync,
} from 'class-validator';
import { AppError } from '#config';
import type {
  AgentTest,
  DeviceQuery,
  JobMap,
  JobName,
  ProbeRun,
  SecondsRead,
  WindowBackfill,
  WindowCollect,
} from './job-map.ts';

/** Far above a shard; it only keeps a broken payload from filling the memory. */
const MAX_MACHINES = 10_000;
const MAX_NAME = 200;
const MAX_URL = 4_000;
/** A mount's path. */
const MAX_DEVICE_NAME = 255;

class TickPayload {
  @IsInt() @Min(0) readonly tick!: number;
}

class WindowCollectPayload implements WindowCollect {
  @IsString() @IsNotEmpty() @MaxLength(MAX_NAME) readonly network!: string;
  @IsInt() @Min(0) readonly windowStart!: number;
  @IsInt() @Min(0) readonly shard!: number;
  @IsInt() @Min(0) readonly attempt!: number;
}

class WindowBackfillPayload implements WindowBackfill {
  @IsString() @IsNotEmpty() @MaxLength(MAX_NAME) readonly network!: string;
  @IsInt() @Min(0) readonly machine!: number;
  @IsInt() @Min(0) readonly attempt!: number;
}

class RollupRunPayload {
  @IsInt() @Min(0) readonly at!: number;
}

class SecondsReadPayload implements SecondsRead {
  @IsInt() @Min(0) readonly machine!: number;
  @IsInt() @Min(0) readonly from!: number;
  @IsInt() @Min(0) readonly to!: number;
}

class ProbeRunPayload implements ProbeRun {
  @IsString() @IsNotEmpty() @MaxLength(MAX_NAME) readonly network!: string;
  @IsString() @IsNotEmpty() @MaxLength(MAX_NAME) readonly monitor!: string;
  @IsInt() @Min(0) readonly shard!: number;
  @IsInt() @Min(0) readonly due!: number;
  @IsArray() @ArrayMaxSize(MAX_MACHINES) @IsInt({ each: true }) readonly machines!: readonly number[];
}

class VerdictEvaluatePayload {
  @IsString() @IsNotEmpty() @MaxLength(MAX_NAME) readonly network!: string;
  @IsArray() @ArrayMaxSize(MAX_MACHINES) @IsInt({ each: true }) readonly machines!: readonly number[];
  @IsInt() @Min(0) readonly at!: number;
}

class TransitionAnnouncePayload {
  @IsInt() @Min(0) readonly sequence!: number;
}

class LiveReadPayload {
  @IsArray() @ArrayMaxSize(MAX_MACHINES) @IsInt({ each: true }) readonly machines!: readonly number[];
}

class DevicesReadPayload {
  @IsInt() @Min(0) readonly machine!: number;
}

class DeviceRecallPayload implements DeviceQuery {
  @IsInt() @Min(0) readonly machine!: number;
  @IsIn(['mount', 'interface']) readonly kind!: DeviceQuery['kind'];
  @IsString() @IsNotEmpty() @MaxLength(MAX_DEVICE_NAME) readonly name!: string;
  @IsInt() @Min(0) readonly from!: number;
  @IsInt() @Min(0) readonly to!: number;
}

class AgentTestPayload implements AgentTest {
  @IsString() @IsNotEmpty() @MaxLength(MAX_URL) readonly netdata!: string;
  @IsString() @MaxLength(MAX_NAME) readonly auth!: string;
}

const PAYLOADS: { readonly [N in JobName]: new () => JobMap[N] } = {
  'window.plan': TickPayload,
  'window.collect': WindowCollectPayload,
  'window.backfill': WindowBackfillPayload,
  'rollup.run': RollupRunPayload,
  'probe.plan': TickPayload,
  'probe.run': ProbeRunPayload,
  'verdict.evaluate': VerdictEvaluatePayload,
  'transition.announce': TransitionAnnouncePayload,
  'live.read': LiveReadPayload,
  'seconds.read': SecondsReadPayload,
  'devices.read': DevicesReadPayload,
  'device.recall': DeviceRecallPayload,
  'agent.test': AgentTestPayload,
  'storage.maintain': TickPayload,
};

/**
 * The payload of a job as it came out of the queue. What the payload does not know is dropped, so that a job of a newer
 * deploy still runs here.
 *
 * @throws AppError `JOB_PAYLOAD_INVALID` (not retryable) that names every wrong property, without its value.
 */
export function parsePayload<N extends JobName>(name: N, data: unknown): JobMap[N] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) throw invalid(name, ['not an object']);
  const Payload = PAYLOADS[name];
  const payload = Object.assign(new Payload(), ownValues(data));
  const problems = validateSync(payload, { whitelist: true, forbidUnknownValues: true });
  if (problems.length > 0)
    throw invalid(
      name,
      problems.flatMap(problem => Object.values(problem.constraints ?? {})),
    );
  return { ...payload };
}

/** Without `__proto__`: assigned, it would take the class, and with it every check, from the payload. */
function ownValues(data: object): object {
  return Object.fromEntries(Object.entries(data).filter(([key]) => key !== '__proto__'));
}

function invalid(name: JobName, problems: readonly string[]): AppError {
  return new AppError('JOB_PAYLOAD_INVALID', `${name}: ${problems.join('; ')}`);
}
