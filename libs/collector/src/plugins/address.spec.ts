import { describe, expect, test } from 'vitest';
import { holdsAddress, withAddress } from './address.ts';

describe('{address}', () => {
  test.each([
    { value: 'http://{address}:5005', address: '10.0.0.1', filled: 'http://10.0.0.1:5005' },
    { value: 'http://{address}:5005', address: '2001:db8::1', filled: 'http://[2001:db8::1]:5005' },
    { value: '{address}', address: '2001:db8::1', filled: '2001:db8::1' },
    { value: '{address} and {address}', address: 'db.example', filled: 'db.example and db.example' },
    { value: ['ws://{address}', 'x'], address: 'a', filled: ['ws://a', 'x'] },
    { value: '{address}', address: '$&', filled: '$&' },
    { value: 5, address: 'a', filled: 5 },
  ])('in $value stands for $address', ({ value, address, filled }) => {
    expect(withAddress(value, address)).toEqual(filled);
  });

  test.each([
    { value: 'http://{address}/', holds: true },
    { value: ['x', '{address}'], holds: true },
    { value: '{adress}', holds: false },
    { value: 7, holds: false },
    { value: undefined, holds: false },
  ])('is found in $value: $holds', ({ value, holds }) => {
    expect(holdsAddress(value)).toBe(holds);
  });
});
