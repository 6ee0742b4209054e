/**
 * Hands what comes of a promise to a function as libraries want it that are older than promises: the error first. Should that
 * function itself fail, it is told so, for nobody else waits.
 */
export function handOver<Results extends readonly unknown[]>(
  work: Promise<Results>,
  tell: (error: unknown, ...results: Results | []) => void,
): void {
  work.then(results => tell(null, ...results)).catch((error: unknown) => tell(error));
}
