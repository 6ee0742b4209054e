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
  /** Whether what they last agreed on was one: the file belongs to this network here. */
  readonly agreedWasAccepted: boolean;
  /** Whether somebody changed the network here, not by a file, after the version that the file names. */
  readonly wasMadeHereSince: boolean;
  /** Whether the accepted version is this very text with its version raised, which was not written to the file. */
  readonly isRaisedAlready: boolean;
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
  | { readonly action: 'export'; readonly why: 'changed elsewhere' | 'accepted already' | 'copy of a former version' }
  | { readonly action: 'refuse'; readonly why: 'another network of this name' | 'changed on both sides' };

/**
 * Decides what a difference between the file and the accepted version means. Whoever changed since both last agreed is
 * followed; when both did, the accepted version goes on, and the file replaces it only if its version says so. So does a file
 * that this database has never agreed with.
 */
export function decideSync(facts: SyncFacts): SyncDecision {
  const { fileHash, fileVersion, head, agreedHash, wasAccepted } = facts;
  if (head === null) return { action: 'accept', version: fileVersion, why: 'new network' };
  if (fileHash === head.hash) return { action: 'nothing', why: 'in step' };
  if (fileHash === agreedHash && wasAccepted) return { action: 'export', why: 'changed elsewhere' };
  // Whoever accepted it was killed before it was written, or the disk was full.
  if (facts.isRaisedAlready) return { action: 'export', why: 'accepted already' };
  const next = Math.max(fileVersion, head.version + 1);
  // Somebody has saved what they opened before: it would undo a change that they have not seen.
  if (agreedHash === head.hash && facts.wasMadeHereSince) return { action: 'refuse', why: 'changed on both sides' };
  if (agreedHash === head.hash) return { action: 'accept', version: next, why: 'edited by hand' };
  if (wasAccepted) return { action: 'export', why: 'copy of a former version' };
  if (fileVersion > head.version) return { action: 'accept', version: fileVersion, why: 'higher version' };
  const why = facts.agreedWasAccepted ? 'changed on both sides' : 'another network of this name';
  return { action: 'refuse', why };
}
