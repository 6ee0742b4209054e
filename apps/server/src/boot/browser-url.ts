/** What a program listens on when it listens everywhere, and what a browser on the same machine has to ask for. */
const EVERYWHERE: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': 'localhost' };

/**
 * The URL, without a slash at its end, at which a person finds the page.
 *
 * @param listensOn `http://<host>:<port>`, or `unix:<path>`: then only whoever runs the proxy in front knows its name
 */
export function browserUrl(listensOn: string, publicUrl: string | null): string {
  if (publicUrl !== null) return publicUrl;
  if (!listensOn.startsWith('http')) return `(your proxy to ${listensOn})`;
  const { hostname, port } = new URL(listensOn);
  return `http://${EVERYWHERE[hostname] ?? hostname}:${port || '80'}`;
}
