import type { GoogleAllowed } from '#config';
import type { StoredAccount } from '#storage';

/** Who Google says somebody is. */
export interface GoogleProfile {
  /** Google's own, permanent id of a person. */
  readonly subject: string;
  readonly email: string;
  /** Whether Google knows that the address is theirs. */
  readonly verified: boolean;
  readonly name: string;
  /** The Workspace organisation that manages the account, by its domain (`hd`); `null`: none does. */
  readonly hostedDomain: string | null;
}

/** What a sign-in by Google is judged by. */
export interface GoogleFacts {
  readonly profile: GoogleProfile;
  /** The account that this person has signed in to by Google before. */
  readonly bySubject: StoredAccount | null;
  /** The account with this address. */
  readonly byEmail: StoredAccount | null;
  /** Whether there is no account at all yet. */
  readonly setupNeeded: boolean;
  readonly allowed: GoogleAllowed;
  /** The role of an account that is made. */
  readonly role: StoredAccount['role'];
}

/** What is done about a sign-in by Google, and why. */
export type GoogleDecision =
  | { readonly kind: 'sign-in'; readonly reason: 'known'; readonly account: StoredAccount }
  | { readonly kind: 'link'; readonly reason: 'same-address'; readonly account: StoredAccount }
  | { readonly kind: 'create'; readonly reason: 'listed'; readonly role: StoredAccount['role'] }
  | {
      readonly kind: 'refuse';
      readonly reason: 'unverified' | 'disabled' | 'other-google-account' | 'not-listed' | 'setup-needed';
    };

/**
 * What follows from what Google says. The permanent id comes first: an address may change hands, and links an account only
 * once. Who has an account may come in by it; the list says who else gets one.
 */
export function decideGoogle(facts: GoogleFacts): GoogleDecision {
  const { profile, bySubject, byEmail, allowed, role } = facts;
  if (!profile.verified) return { kind: 'refuse', reason: 'unverified' };
  const account = bySubject ?? byEmail;
  if (account !== null && account.disabledAt !== null) return { kind: 'refuse', reason: 'disabled' };
  if (bySubject !== null) return { kind: 'sign-in', reason: 'known', account: bySubject };
  if (byEmail?.hasGoogle === true) return { kind: 'refuse', reason: 'other-google-account' };
  if (byEmail !== null) return { kind: 'link', reason: 'same-address', account: byEmail };
  if (facts.setupNeeded) return { kind: 'refuse', reason: 'setup-needed' };
  return isListed(profile, allowed)
    ? { kind: 'create', reason: 'listed', role }
    : { kind: 'refuse', reason: 'not-listed' };
}

/** Consumer accounts of Google's own have no organisation. */
const GOOGLES_OWN: readonly string[] = ['gmail.com', 'googlemail.com'];

/**
 * A domain stands for its own addresses alone, not for those of its subdomains, and only for those that Google answers for:
 * anybody can have had an account with an address of another's domain verified once, and keep it when the address is another's.
 */
function isListed({ email, hostedDomain }: GoogleProfile, { emails, domains }: GoogleAllowed): boolean {
  const address = email.toLowerCase();
  if (emails.includes(address)) return true;
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return domains.includes(domain) && (hostedDomain?.toLowerCase() === domain || GOOGLES_OWN.includes(domain));
}
