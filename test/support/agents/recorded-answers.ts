import { readFileSync } from 'node:fs';
import type { Reply } from './replay-server.ts';

/** The real agents whose answers are kept in `answers`: 1.37.1 and 2.11.0, which watched one machine side by side. */
export type RecordedVersion = 'v1' | 'v2';

/** The second in which `allmetrics` was answered. */
const RECORDED_AT = 1_795_172_765;
/** The window of which the raw seconds of the CPU are kept, and of the other charts the agent's own average. */
export const RECORDED_WINDOW = { start: new Date(1_795_173_000_000), lengthMs: 600_000 };

const SERVER = { v1: 'Netdata Embedded HTTP Server v1.37.1', v2: 'Netdata Embedded HTTP Server v2.11.0' };

/** One recorded body, byte for byte. */
export function recorded(version: RecordedVersion, name: string): Buffer {
  return readFileSync(new URL(`./answers/${version}.${name}.body`, import.meta.url));
}

/** What the real agent answered to this request; what was not recorded it does not have. */
export function recordedReply(version: RecordedVersion, url: URL): Reply {
  const headers = { server: SERVER[version], date: new Date(RECORDED_AT * 1000).toUTCString() };
  const name = nameOf(url);
  if (name === 'alarm_log') return { headers, body: '' };
  if (name === null) return { status: 404, headers, body: 'No metrics where matched to query.' };
  return { headers, body: recorded(version, name) };
}

function nameOf({ pathname, searchParams: query }: URL): string | null {
  const chart = query.get('chart');
  switch (pathname) {
    case '/api/v1/info':
      return 'info';
    case '/api/v1/allmetrics':
      return 'allmetrics.filter';
    case '/api/v1/chart':
      return chart === 'system.cpu' ? 'chart.system.cpu' : null;
    case '/api/v1/alarm_log':
      return 'alarm_log';
    default:
      return isRecordedWindow(query) && chart === 'system.cpu' ? 'raw600.system.cpu' : null;
  }
}

function isRecordedWindow(query: URLSearchParams): boolean {
  const asked = ['after', 'before', 'tier', 'points'].map(key => query.get(key));
  return asked.join() === '1795173001,1795173600,0,';
}
