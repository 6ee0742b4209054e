import type { Scene } from '../support/world.ts';

/** Names as people give them; the last one is gone. */
const NAMES = [
  ['web-1', 'web', 'eu'],
  ['web-2', 'web', 'eu'],
  ['web-3', 'web', 'us'],
  ['api-1', 'api', 'eu'],
  ['api-2', 'api', 'us'],
  ['db-1', 'db', 'eu'],
  ['db-2', 'db', 'us'],
  ['cache-1', 'cache', 'eu'],
  ['mail-1', 'mail', 'eu'],
  ['build-1', 'build', 'us'],
  ['backup-1', 'backup', 'us'],
] as const;

/** What the pictures show: a small company's machines, of which one is gone, and what it offers. */
export const GALLERY: Scene = {
  agents: NAMES.length - 1,
  file: (urls, page) => `network_id: acme
version: 1
machines:
${NAMES.map(([name, tier, region], i) => `  - { name: ${name}, netdata: "${urls[i] ?? 'http://127.0.0.1:9'}", labels: { tier: ${tier}, region: ${region} } }`).join('\n')}
monitors:
  - { name: agents, kind: netdata, interval: 5s, timeout: 2s }
  - { name: website, kind: http, url: "${page}/healthz", interval: 5s, timeout: 2s }
  - { name: mail, kind: tcp, host: 127.0.0.1, port: 9, interval: 5s, timeout: 2s }
quorum: { misses: 1 }
`,
  past: { machines: NAMES.slice(0, 6).map(([name]) => name), days: 31 },
  counts: { machines: { up: NAMES.length - 1, down: 1 }, services: { up: 1, down: 1 } },
};
