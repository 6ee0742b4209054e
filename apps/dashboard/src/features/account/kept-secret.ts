import { takeSecret } from './link-secret.ts';

/** What stood behind the `#` of a link that works once. Taken before the router reads the address, which it would keep. */
export const keptSecret = takeSecret();

/** Loads the page anew as it was opened: a link that works once is still whole then. */
export function reloadAsOpened(): void {
  if (keptSecret !== null) history.replaceState(history.state, '', `#${keptSecret}`);
  location.reload();
}
