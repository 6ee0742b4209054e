import { failure, type Parsed } from '../../reading/answer.types.ts';
import { asText, isObject } from '../../reading/shape.ts';

/** What an agent says about itself. */
export interface AgentInfo {
  readonly version: string;
  readonly uid: string | null;
  readonly os: string | null;
  readonly cores: number | null;
  readonly memoryBytes: number | null;
}

/** Parses `/api/v1/info`, the same in Netdata 1.37 and 2.11 as far as it is used. */
export function parseInfo(json: unknown): Parsed<AgentInfo> {
  const version = isObject(json) ? asText(json['version'], 60) : null;
  if (!isObject(json) || version === null) return failure('bad_response', 'The agent does not say its version.', 200);
  const os = [json['os_name'], json['os_version']].flatMap(part => asText(part, 60) ?? []);
  const known = os.filter(part => part !== 'unknown');
  return {
    ok: true,
    value: {
      version,
      uid: asText(json['uid'], 60),
      os: known.length === 0 ? null : known.join(' '),
      cores: asCount(json['cores_total']),
      memoryBytes: asCount(json['ram_total']),
    },
  };
}

/** Netdata writes these counts as strings, and an empty one when it does not know. */
export function asCount(value: unknown): number | null {
  const count = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : null;
}
