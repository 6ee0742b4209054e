/** Whether a UTF-16 code unit belongs to a class of characters. */
export type CharTest = (code: number) => boolean;

const ASCII_END = 128;
const SPACE = /\s/;

export const isDigit: CharTest = code => code >= 48 && code <= 57;

export const isWord: CharTest = code =>
  isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;

export const isSpace: CharTest = code => SPACE.test(String.fromCharCode(code));

/** Line feed, carriage return, and Unicode's line and paragraph separators. */
export const isLineBreak: CharTest = code => code === 10 || code === 13 || code === 0x2028 || code === 0x2029;

export function inRange(first: number, last: number): CharTest {
  return code => code >= first && code <= last;
}

export function not(test: CharTest): CharTest {
  return code => !test(code);
}

/** One of these. ASCII is looked up in a table, for a text may have a million characters. */
export function anyOf(tests: readonly CharTest[], ignoreCase: boolean): CharTest {
  const plain: CharTest = code => tests.some(test => test(code));
  const slow: CharTest = ignoreCase ? code => variantsOf(code).some(plain) : plain;
  const ascii = Uint8Array.from({ length: ASCII_END }, (_, code) => Number(slow(code)));
  return code => (code < ASCII_END ? ascii[code] === 1 : slow(code));
}

/** The character itself, small and large. A large form of several characters, such as that of ß, is none. */
function variantsOf(code: number): number[] {
  const text = String.fromCharCode(code);
  const forms = [text.toLowerCase(), text.toUpperCase()].filter(form => form.length === 1);
  return [code, ...forms.map(form => form.charCodeAt(0))];
}
