/** Where a Netdata agent listens unless it is told otherwise. */
export const AGENT_PORT = '19999';

/**
 * The address of an agent as the network file has it, from what people type: `10.0.0.11` is `http://10.0.0.11:19999`.
 * What has a scheme is left as it is.
 *
 * @returns `null`: it is no address
 */
export function agentUrlOf(typed: string): string | null {
  const text = typed.trim();
  if (/\s/.test(text)) return null;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return isAgentUrl(text) ? text : null;
  const [, place = '', path = ''] = /^([^/]*)(\/.*)?$/.exec(text) ?? [];
  const host = isBareIpv6(place) ? `[${place}]` : place;
  const url = `http://${host}${/:\d+$/.test(host) ? '' : `:${AGENT_PORT}`}${path === '/' ? '' : path}`;
  return isAgentUrl(url) ? url : null;
}

/** The name or address of the machine in a URL, IPv6 without its brackets; `null`: it is none. */
export function hostOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : null;
}

/** What the server takes: it says more about what is wrong, so that this only has to be no stricter. */
function isAgentUrl(text: string): boolean {
  if (!URL.canParse(text) || !/^https?:\/\/[^/?#]/i.test(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '' && !/[?#]/.test(text);
}

function isBareIpv6(place: string): boolean {
  return /^[0-9a-f]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(place);
}
