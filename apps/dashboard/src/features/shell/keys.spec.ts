import { describe, expect, it } from 'vitest';
import { commandKey, decideKey, decideStep, type PressedKey } from './keys.ts';

const FREE: PressedKey = {
  key: '',
  isCommand: false,
  isOtherwiseHeld: false,
  isTaken: false,
  isInField: false,
  isBelowDialog: false,
};

describe('on every page', () => {
  it.each<[string, Partial<PressedKey>, ReturnType<typeof decideKey>]>([
    ['Ctrl K', { key: 'k', isCommand: true }, 'search'],
    ['Ctrl K with caps lock', { key: 'K', isCommand: true }, 'search'],
    ['Ctrl K within a field', { key: 'k', isCommand: true, isInField: true }, 'search'],
    ['Ctrl K below a dialog', { key: 'k', isCommand: true, isBelowDialog: true }, null],
    ['Ctrl Alt K', { key: 'k', isCommand: true, isOtherwiseHeld: true }, null],
    ['Ctrl L', { key: 'l', isCommand: true }, null],
    ['k', { key: 'k' }, null],
    ['?', { key: '?' }, 'keys'],
    ['? within a field', { key: '?', isInField: true }, null],
    ['? below a dialog', { key: '?', isBelowDialog: true }, null],
    ['? that something else has used', { key: '?', isTaken: true }, null],
  ])('%s does what it should', (_what, pressed, expected) => {
    expect(decideKey({ ...FREE, ...pressed })).toBe(expected);
  });
});

describe('on the page of a machine', () => {
  it.each<[string, Partial<PressedKey>, ReturnType<typeof decideStep>]>([
    ['the arrow to the left', { key: 'ArrowLeft' }, 'previous'],
    ['the arrow to the right', { key: 'ArrowRight' }, 'next'],
    ['k', { key: 'k' }, 'previous'],
    ['j', { key: 'j' }, 'next'],
    ['an arrow within a chart or a field', { key: 'ArrowRight', isInField: true }, null],
    ['an arrow below a dialog', { key: 'ArrowRight', isBelowDialog: true }, null],
    ['an arrow that something else has used', { key: 'ArrowRight', isTaken: true }, null],
    ['back in the history, Alt and an arrow,', { key: 'ArrowLeft', isOtherwiseHeld: true }, null],
    ['Ctrl K', { key: 'k', isCommand: true }, null],
    ['any other', { key: 'x' }, null],
    ['a name that every object has', { key: 'toString' }, null],
  ])('%s leads where it should', (_what, pressed, expected) => {
    expect(decideStep({ ...FREE, ...pressed })).toBe(expected);
  });
});

it.each([
  ['MacIntel', '⌘'],
  ['iPhone', '⌘'],
  ['Linux x86_64', 'Ctrl'],
  ['Win32', 'Ctrl'],
])('on %s the key beside the letter is %s', (platform, key) => {
  expect(commandKey(platform)).toBe(key);
});
