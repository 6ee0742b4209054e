/** What browsers (Chrome and Firefox, Safari) and Vite (of styles) say. */
const SAID = /dynamically imported module|Importing a module script failed|Unable to preload CSS/i;

/** Whether drawing failed because a part of the page could not be loaded: nobody answered, or there is a newer version. */
export function isLoadFailure(error: unknown): boolean {
  return error instanceof Error && SAID.test(error.message);
}

/**
 * Whether to load the page anew, now that somebody answers. A page that has only just been loaded and misses a part although
 * the server was there all the time would do so again, and again.
 *
 * @param wasSilent whether nobody answered before
 * @param ageMs of the page
 */
export function shouldReload(wasSilent: boolean, ageMs: number): boolean {
  return wasSilent || ageMs > SETTLED_MS;
}

const SETTLED_MS = 15_000;
