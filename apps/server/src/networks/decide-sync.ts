/** What is known when a network's file and its accepted version are compared. Hashes are of whole texts. */
export interface SyncFacts {
  readonly fileHash: string;
  readonly fileVersion: number;
  /** The accepted version; `null`: the network is new to this database. */
  readonly head: { readonly version: number; readonly hash: string } | null;
  /** The text that file and database last agreed on, as this directory remembers it; `null`: never. */
  readonly agreedHash: string | null;
  /** Whether this text was ever an accepted version of this network here. */
  readonly wasAccepted: boolean;
}

/** What to do, and why. */
export type SyncDecision =
  | { readonly action: 'nothing'; readonly why: 'in step' }
  /** The file becomes the next version; its own number is raised to this when it is too low. */
  | {
      readonly action: 'accept';
      readonly version: number;
      readonly why: 'new network' | 'edited by hand' | 'higher version';
    }
  | { readonly action: 'export'; readonly why: 'changed elsewhere' | 'copy of a former version' }
  | { readonly action: 'refuse'; readonly why: 'another network of this name' };

/**
 * Decides what a difference between the file and the accepted version means. Whoever changed since both last agreed is
 * followed; a file that this database has never agreed with replaces the network only if its version says so.
 */
export function decideSync({ fileHash, fileVersion, head, agreedHash, wasAccepted }: SyncFacts): SyncDecision {
  if (head === null) return { action: 'accept', version: fileVersion, why: 'new network' };
  if (fileHash === head.hash) return { action: 'nothing', why: 'in step' };
  if (fileHash === agreedHash && wasAccepted) return { action: 'export', why: 'changed elsewhere' };
  const next = Math.max(fileVersion, head.version + 1);
  if (agreedHash === head.hash) return { action: 'accept', version: next, why: 'edited by hand' };
  if (wasAccepted) return { action: 'export', why: 'copy of a former version' };
  if (fileVersion > head.version) return { action: 'accept', version: fileVersion, why: 'higher version' };
  return { action: 'refuse', why: 'another network of this name' };
}
