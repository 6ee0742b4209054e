import { takeSecret } from './link-secret.ts';

/** What stood behind the `#` of a link that works once. Taken before the router reads the address, which it would keep. */
export const keptSecret = takeSecret();
