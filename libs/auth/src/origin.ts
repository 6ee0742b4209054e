/** Where a request comes from. */
export interface Origin {
  /** The client's IP address as text, or `unknown`. */
  readonly address: string;
  /** What the client calls itself. */
  readonly userAgent: string | null;
  /** The session cookie that was sent along: signing in ends that session. */
  readonly replaces: string | null;
}
