import { formatDuration, isLoopback, type NetworkFile, type Settings } from '#config';
import type { ServerInfo } from '../server-info.ts';
import { browserUrl } from './browser-url.ts';
import type { SignInNotice } from './first-admin.ts';

/**
 * What a person who started the server is told, once it answers. It is the only place where a setup link is written.
 *
 * @param firstAdmin `null` in a process that has no page
 */
export function renderBanner(
  info: Pick<ServerInfo, 'version' | 'databaseDirectory' | 'listensOn'>,
  settings: Settings,
  networks: readonly { readonly path: string; readonly file: NetworkFile }[],
  firstAdmin: SignInNotice | null,
): string {
  const url = browserUrl(info.listensOn, settings.publicUrl);
  const watched = networks.map(
    ({ path, file }) => `  watching  ${machines(file)} in network "${file.networkId}" (${path})`,
  );
  const { databaseDirectory: directory } = info;
  const database = directory === null ? 'PostgreSQL' : `the embedded PostgreSQL (${directory})`;
  return [
    '',
    `  distomon ${info.version} is running`,
    '',
    ...(firstAdmin === null
      ? ['  role      worker: no page here']
      : [`  page      ${url}/`, `  API docs  ${url}/api/docs`]),
    ...watched,
    `  storing   one row per machine every ${formatDuration(settings.windowMs)} in ${database}`,
    ...(firstAdmin === null ? [] : ['', ...whoSignsIn(firstAdmin, url), ...warningsOf(settings)]),
    '',
    '  Ctrl-C stops it.',
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

function whoSignsIn(firstAdmin: SignInNotice, url: string): string[] {
  switch (firstAdmin.kind) {
    case 'accounts':
      return ['  Those who have an account can sign in.'];
    case 'created':
      return [`  ${firstAdmin.email} can sign in, with the password in ADMIN_PASSWORD, and is an admin.`];
    case 'not-first':
      return [
        '  Those who have an account can sign in.',
        `  ${firstAdmin.email} (ADMIN_EMAIL) is none of them and was not made one: that is for the first account only.`,
      ];
    case 'link':
      return [
        '  Nobody has an account yet. Open this link to make the first one, an admin:',
        '',
        `      ${url}/setup#${firstAdmin.secret}`,
        '',
        `  It works once, until ${minute(firstAdmin.expiresAt)}; a restart prints another. Anyone who has it can become the admin.`,
      ];
  }
}

/** What is true for whoever signs in from another machine. */
function warningsOf({ listen, publicUrl }: Settings): string[] {
  const open = 'host' in listen && !isLoopback(listen.host);
  const plain = publicUrl === null ? open : isPlainForOthers(publicUrl);
  if (!plain) return [];
  return [
    '',
    '  Warning: this is plain http. What is typed on another machine, passwords too, travels in the clear.',
    '  Put a proxy with a certificate in front of it, and its URL in PUBLIC_URL.',
  ];
}

function isPlainForOthers(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'http:' && !isLoopback(hostname);
}

/** `2026-11-21 10:00 UTC`. */
function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
