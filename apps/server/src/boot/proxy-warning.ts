import type { Settings } from '#config';

/**
 * What to say when the settings speak of a proxy with TLS and believe none; `null`: nothing. It works, and nobody sees that it
 * is worse than it looks.
 */
export function proxyWarning({ publicUrl, trustProxy }: Pick<Settings, 'publicUrl' | 'trustProxy'>): string | null {
  if (publicUrl === null || !publicUrl.startsWith('https:') || trustProxy > 0) return null;
  return (
    'PUBLIC_URL begins with https, but TRUST_PROXY is 0: nothing that the proxy says is believed, so cookies lack Secure and all ' +
    'clients count as one address. Set TRUST_PROXY to the number of proxies in front, and have them set X-Forwarded-For and X-Forwarded-Proto.'
  );
}
