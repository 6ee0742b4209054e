import type { Report } from '../host/channel.ts';

/** A report of a plugin's process; `null` when it is none. What is in a result or a declaration is not looked at here. */
export function parseReport(text: string): Report | null {
  const report = parse(text);
  if (typeof report !== 'object' || report === null || !('type' in report)) return null;
  const { type, id, latencyMs, message, memoryBytes, result, declaration } = report as Record<string, unknown>;
  switch (type) {
    case 'loaded':
      return { type, declaration };
    case 'failed':
      return typeof message === 'string' ? { type, message } : null;
    case 'threw':
      return typeof id === 'number' && typeof message === 'string' ? { type, id, message } : null;
    case 'result':
      return typeof id === 'number' && isDuration(latencyMs) ? { type, id, latencyMs, result } : null;
    case 'alive':
      return typeof memoryBytes === 'number' ? { type, memoryBytes } : null;
    default:
      return null;
  }
}

/** `1e999` is a number in JSON too. */
function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1e15;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
