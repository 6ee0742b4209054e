import { FUNCTION, MAX_MESSAGE_CHARACTERS, type Report } from './channel.ts';

/**
 * A report as its line. What JSON has no word for is written as text, so that whoever reads it can say what it was.
 *
 * @throws when it holds something that cannot be written, or is longer than the server takes
 */
export function renderReport(report: Report): string {
  const text = JSON.stringify(report, readable);
  if (text.length > MAX_MESSAGE_CHARACTERS)
    throw new Error(
      `${(text.length / 1024).toFixed(0)} KiB of JSON are more than ${MAX_MESSAGE_CHARACTERS / 1024} KiB`,
    );
  return `${text}\n`;
}

function readable(_key: string, value: unknown): unknown {
  if (typeof value === 'function') return FUNCTION;
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
