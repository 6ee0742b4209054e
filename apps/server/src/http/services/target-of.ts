import { redactUrl, type MonitorParameters } from '#config';

/**
 * What a check looks at, as a short text for people: a URL, `host:port`, `name @server`. Read from keys that all kinds
 * call alike, plugins too; `null`: there is none of them. User, password and query of a URL are left out.
 */
export function targetOf({ url, host, port, query, type, server }: MonitorParameters): string | null {
  if (isText(url)) return `${withoutUser(redactUrl(url))}${url.includes('?') ? '?…' : ''}`;
  if (isText(host)) return withPort(host, port);
  if (!isText(query)) return null;
  return [query, ...(isText(type) ? [type] : []), ...(isText(server) ? [`@${withPort(server, port)}`] : [])].join(' ');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** What stands in the place of a user can be a token. */
function withoutUser(url: string): string {
  return url.replace(/\/\/[^/]*@/, '//');
}

/** The colons of an IPv6 address would run into the one before the port. */
function withPort(host: string, port: unknown): string {
  if (typeof port !== 'number') return host;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
