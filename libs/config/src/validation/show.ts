const SHOWN_CHARACTERS = 80;

/** Up to the last `@`: a password that was not percent-encoded may hold anything, and then it is no valid URL either. */
const CREDENTIALS = /\/\/.*@/s;

/**
 * A value from a configuration as it may be shown: on one line, short, no terminal control characters, no password of a
 * URL.
 */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  if (typeof value !== 'string') return String(value);
  const text = value.replace(CREDENTIALS, '//***@');
  const short = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
  return printable(JSON.stringify(short));
}

/**
 * A text in which every character is one that a terminal only prints. `$` is escaped too: class-validator replaces
 * `$value` and its like in messages, which would bring the value back as it was.
 */
export function printable(text: string): string {
  const escaped = (found: string) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069$]/g, escaped);
}

/**
 * A connection URL as it may be logged: without password and without query, which can hold one too. What cannot be read
 * as a URL is not shown at all, nor is a path with an `@`: it is the end of a password that was not percent-encoded.
 */
export function redactUrl(url: string): string {
  if (!URL.canParse(url)) return '(not a URL)';
  const { protocol, username, host, pathname } = new URL(url);
  if (pathname.includes('@')) return `${protocol}//***`;
  return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
}
