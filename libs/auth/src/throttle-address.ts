import { isIP } from 'node:net';

/**
 * The address as attempts are counted by it. Whoever has one IPv6 address has the 2^64 of its network too, so that all of them
 * count as one (`2001:db8:0:1::/64`); an IPv4 address counts for itself. What is no address (a UNIX socket whose proxy says
 * nothing) is `unknown`, all of it together.
 *
 * @param address without a zone, and IPv4 in its own form also where a socket of IPv6 got it
 */
export function throttleAddressOf(address: string): string {
  const family = isIP(address);
  if (family !== 6) return family === 4 ? address : 'unknown';
  return `${groupsOf(address).slice(0, 4).join(':')}::/64`;
}

/** The first groups of an IPv6 address, without leading zeros. At most the last two are missing, if written as IPv4. */
function groupsOf(address: string): string[] {
  const [before = '', after] = address.toLowerCase().split('::');
  const head = before === '' ? [] : before.split(':');
  const tail = after === undefined || after === '' ? [] : after.split(':');
  const embedded = tail.some(group => group.includes('.')) ? 1 : 0;
  const zeros = after === undefined ? 0 : Math.max(0, 8 - head.length - tail.length - embedded);
  return [...head, ...Array<string>(zeros).fill('0'), ...tail].map(group => group.replace(/^0+(?=.)/, ''));
}
