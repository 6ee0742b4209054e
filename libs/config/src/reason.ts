/**
 * Why something is not reachable. The names are stored and returned by the API, so they never change.
 *
 * - `refused` nothing listens there · `timeout` no whole answer in time · `unreachable` no route to the host
 * - `reset` the connection broke after the first byte · `dns` the name does not resolve · `tls` the handshake failed
 * - `denied` it answers, but not to us · `bad_response` it answers something else than it should
 * - `too_large` the answer is over the limit · `stale` the values are old · `no_data` it has none (yet)
 * - `unobserved` distomon itself could not look: it was not there, or a secret or a plugin was missing
 */
export const REASONS = [
  'refused',
  'timeout',
  'unreachable',
  'reset',
  'dns',
  'tls',
  'denied',
  'bad_response',
  'too_large',
  'stale',
  'no_data',
  'unobserved',
] as const;

export type Reason = (typeof REASONS)[number];
