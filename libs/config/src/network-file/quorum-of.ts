import type { QuorumEntry } from '../network-file.types.ts';

const MISSES = 3;

/**
 * The quorum with its defaults: one observer, three misses, and more than half of the observers must agree.
 */
export function quorumOf(quorum: { readonly [K in keyof QuorumEntry]?: number | undefined }): QuorumEntry {
  const observers = quorum.observers ?? 1;
  return { observers, agree: quorum.agree ?? Math.floor(observers / 2) + 1, misses: quorum.misses ?? MISSES };
}
