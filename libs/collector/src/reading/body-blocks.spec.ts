import { expect, test, vi } from 'vitest';
import { BodyBlocks } from './body-blocks.ts';
import { Body } from './body.ts';

test('no more blocks are out than there are; the next in line has the one that comes back', () => {
  const blocks = new BodyBlocks(1, 8);
  const [first, second, third] = [
    vi.fn<(block: Buffer) => void>(),
    vi.fn<(block: Buffer) => void>(),
    vi.fn<(block: Buffer) => void>(),
  ];
  const lease = blocks.borrow(first);
  const withdrawn = blocks.borrow(second);
  blocks.borrow(third);
  expect([first, second, third].map(granted => granted.mock.calls.length)).toEqual([1, 0, 0]);
  withdrawn.release();
  lease.release();
  lease.release();
  expect([first, second, third].map(granted => granted.mock.calls.length)).toEqual([1, 0, 1]);
});

test('a small body needs no block, a large one waits for it and loses nothing', () => {
  const blocks = new BodyBlocks(1, 1024 * 1024);
  const lease = blocks.borrow(() => undefined);
  const body = new Body(blocks, Number.NaN);
  const resume = vi.fn<() => void>();
  expect(body.append(Buffer.alloc(60_000, 'a'), resume)).toBe(true);
  expect(body.append(Buffer.alloc(60_000, 'b'), resume)).toBe(false);
  expect(resume).not.toHaveBeenCalled();
  lease.release();
  expect(resume).toHaveBeenCalledOnce();
  expect(body.append(Buffer.from('c'), resume)).toBe(true);
  expect(body.bytes.equals(Buffer.from(`${'a'.repeat(60_000)}${'b'.repeat(60_000)}c`))).toBe(true);
});
