import { messages } from '../../messages/text.ts';

const DAY_MS = 86_400_000;

/** For how long a token is made; `null`: until it is revoked. */
export const EXPIRIES = { month: 30, quarter: 90, year: 365, never: null } as const;

export type Expiry = keyof typeof EXPIRIES;

export const EXPIRY_CHOICES = (Object.keys(EXPIRIES) as Expiry[]).map(value => ({
  value,
  label: messages.people.token.expiry[value],
}));

export function isExpiry(text: string): text is Expiry {
  return Object.hasOwn(EXPIRIES, text);
}

/** When a token ends that is made now. */
export function expiresAtOf(expiry: Expiry, nowMs: number): string | null {
  const days = EXPIRIES[expiry];
  return days === null ? null : new Date(nowMs + days * DAY_MS).toISOString();
}
