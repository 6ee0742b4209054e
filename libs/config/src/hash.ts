import { createHash } from 'node:crypto';

/** Names a text by its content: `sha256:` and 64 lower case hexadecimal digits, over the UTF-8 bytes. */
export function hashOf(text: string): string {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}
