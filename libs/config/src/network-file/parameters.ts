import type { MonitorParameters } from '../monitor-kind.types.ts';

/** The keys that have a value: one that was left empty is not there. Without a prototype, so that no name means more. */
export function withoutEmpty(written: MonitorParameters): MonitorParameters {
  const given = Object.create(null) as Record<string, unknown>;
  for (const [key, value] of Object.entries(written)) if (value !== null) given[key] = value;
  return given;
}
