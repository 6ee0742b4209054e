import { isIPv6 } from 'node:net';

/** What stands in a parameter for the address of the machine that is looked at. */
export const ADDRESS = '{address}';

/** Whether a parameter, or a text in its list, holds {@link ADDRESS}. */
export function holdsAddress(value: unknown): boolean {
  return Array.isArray(value) ? value.some(holdsAddress) : typeof value === 'string' && value.includes(ADDRESS);
}

/** The same value with the address in its place; in a URL an IPv6 address has brackets (RFC 3986 section 3.2.2). */
export function withAddress(value: unknown, address: string): unknown {
  if (Array.isArray(value)) return value.map(item => withAddress(item, address));
  if (typeof value !== 'string') return value;
  const written = isIPv6(address) && value.includes('://') ? `[${address}]` : address;
  return value.replaceAll(ADDRESS, () => written);
}
