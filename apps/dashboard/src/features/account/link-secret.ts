/** The shape of the secrets in our links: 32 bytes in base64url. */
const SECRET = /^#([\w-]{43})$/;

/** The secret that a link carries behind its `#`, where it is never sent; `null`: there is none, or not a whole one. */
export function secretIn(hash: string): string | null {
  return SECRET.exec(hash)?.[1] ?? null;
}

/**
 * Takes the secret out of the address bar, so that it is neither in the browser's history nor in a picture of the screen.
 * What is not a secret stays.
 */
export function takeSecret(): string | null {
  const secret = secretIn(location.hash);
  if (secret !== null) history.replaceState(history.state, '', location.pathname + location.search);
  return secret;
}
