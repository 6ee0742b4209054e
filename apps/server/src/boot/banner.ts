import { formatDuration, type NetworkFile, type Settings } from '#config';
import type { ServerInfo } from '../server-info.ts';

/** What a person who started the server is told, once it answers. */
export function renderBanner(
  info: ServerInfo,
  settings: Settings,
  networks: readonly { readonly path: string; readonly file: NetworkFile }[],
): string {
  const api = settings.roles.includes('api');
  const watched = networks.map(
    ({ path, file }) => `  watching  ${machines(file)} in network "${file.networkId}" (${path})`,
  );
  const database = info.database === 'embedded' ? `the embedded PostgreSQL (${settings.home}/postgres)` : 'PostgreSQL';
  return [
    '',
    `  distomon ${info.version} is running`,
    '',
    ...(api
      ? [`  page      ${info.listensOn}/`, `  API docs  ${info.listensOn}/api/docs`]
      : ['  role      worker: no page here']),
    ...watched,
    `  storing   one row per machine every ${formatDuration(settings.windowMs)} in ${database}`,
    '',
    api ? '  There are no accounts yet, so it listens on this machine only. Ctrl-C stops it.' : '  Ctrl-C stops it.',
    '',
  ].join('\n');
}

function machines(file: NetworkFile): string {
  const [first] = file.machines;
  if (first === undefined) return 'no machine yet';
  return file.machines.length === 1
    ? `${first.name} (${first.netdata ?? 'built-in monitor'})`
    : `${file.machines.length} machines`;
}
