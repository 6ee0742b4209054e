import { expect, test } from 'vitest';
import { passwordProblemOf } from './password-rules.ts';

const account = { email: 'alice@example.org' };

test.each([
  ['fifteen characters', 'correct horse b'],
  ['256 characters', 'abcde zyxw '.repeat(24).slice(0, 256)],
  ['letters alone: nothing has to be composed', 'correcthorsebattery'],
  ['spaces and any script', 'шла саша по шоссе'],
  ['fifteen characters that are each a pair of units', '🙂🙃😀😃😄😁😆😅🤣😂😉😊😇🥰😍'],
  ['the address with something added', 'alice@example.org and a cat'],
  ['the local part with something added', 'alicealicealice9'],
  ['a run with something added', 'abcdefghijklmno!'],
  ['the name of the service with something added', 'distomon distomon'],
  ['two characters in turn', 'ababababababababab'],
])('%s is a password', (_, password) => {
  expect(passwordProblemOf(password, account)).toBeNull();
});

test.each([
  ['fourteen characters', 'correct horse ', 'at least 15 characters; this one has 14'],
  ['nothing', '', 'at least 15'],
  ['fourteen pairs of units', '🙂🙃😀😃😄😁😆😅🤣😂😉😊😇🥰', 'has 14'],
  ['characters that NFKC puts together', 'ａ\u0301'.repeat(14), 'has 14'],
  ['257 characters', 'abcde zyxw '.repeat(24).slice(0, 257), 'at most 256 characters; this one has 257'],
  ['the address', 'alice@example.org', 'e-mail address'],
  ['the address in capitals', 'Alice@Example.org', 'e-mail address'],
  ['the local part again and again', 'alicealicealice', 'e-mail address'],
  ['the local part again and again, cut off', 'ALICEaliceALICEal', 'e-mail address'],
  ['one character', 'aaaaaaaaaaaaaaaa', 'one character'],
  ['one character in both cases', 'aAaAaAaAaAaAaAaA', 'one character'],
  ['one emoji', '🙂'.repeat(15), 'one character'],
  ['spaces', ' '.repeat(15), 'one character'],
  ['the alphabet', 'abcdefghijklmnop', 'a run'],
  ['the alphabet from its middle', 'Mnopqrstuvwxyzab', 'a run'],
  ['the alphabet backwards', 'zyxwvutsrqponml', 'a run'],
  ['digits', '123456789012345', 'a run'],
  ['digits from 0', '012345678901234', 'a run'],
  ['digits backwards', '987654321098765', 'a run'],
  ['wide digits, which NFKC makes plain', '１２３４５６７８９０１２３４５', 'a run'],
  ['the keyboard', 'qwertyuiopasdfgh', 'a run'],
  ['the name of the service again and again', 'distomondistomon', '"distomon" repeated'],
  ['the name of the service cut off', 'DistomonDistomo', '"distomon" repeated'],
])('%s is no password', (_, password, problem) => {
  expect(passwordProblemOf(password, account)).toContain(problem);
});

test('an address without a local part forbids nothing else', () => {
  expect(passwordProblemOf('correct horse battery', { email: '@example.org' })).toBeNull();
  expect(passwordProblemOf('correct horse battery', { email: '' })).toBeNull();
});

test('no sentence repeats the password', () => {
  for (const password of ['hunter2', 'alicealicealice', 'aaaaaaaaaaaaaaaa', 'abcdefghijklmnop'])
    expect(passwordProblemOf(password, account)).not.toContain(password);
});
