import { expect, it } from 'vitest';
import { hashOf } from './hash.ts';

it.each([
  // FIPS 180-2 appendix B.1, and the hash of nothing.
  ['abc', 'sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['', 'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  // The two UTF-8 bytes c3 a9, not the one Latin-1 byte.
  ['é', 'sha256:4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'],
])('names %j by the hash of its UTF-8 bytes', (text, hash) => {
  expect(hashOf(text)).toBe(hash);
});
