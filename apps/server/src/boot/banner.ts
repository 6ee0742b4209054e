import type { NetworkFile, Settings } from '#config';
import type { ServerInfo } from '../server-info.ts';

/** What a person who started the server is told, once it answers. */
export function renderBanner(
  info: ServerInfo,
  settings: Settings,
  networks: readonly { readonly path: string; readonly file: NetworkFile }[],
): string {
  const watched = networks.map(
    ({ path, file }) => `  watching  ${machines(file)} in network "${file.networkId}" (${path})`,
  );
  return [
    '',
    `  distomon ${info.version} is running`,
    '',
    `  page      ${info.listensOn}/`,
    `  API docs  ${info.listensOn}/api/docs`,
    ...watched,
    `  storing   one row per machine every ${settings.windowMs / 1000} s in ${info.database === 'embedded' ? `the embedded PostgreSQL (${settings.home}/postgres)` : 'PostgreSQL'}`,
    '',
    '  There are no accounts yet, so it listens on this machine only. Ctrl-C stops it.',
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
