/** One server-sent event. An event without id is never replayed. */
export interface LiveEvent {
  readonly event: 'hello' | 'verdict' | 'values';
  readonly id?: number;
  readonly data: unknown;
}

/** The text of an event as the HTML standard has it (section 9.2, server-sent events). JSON has no line breaks. */
export function renderEvent({ event, id, data }: LiveEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** A comment line: keeps proxies from cutting a quiet stream. */
export const HEARTBEAT = ': still here\n\n';
