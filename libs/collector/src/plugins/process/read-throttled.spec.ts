import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { readThrottled } from './read-throttled.ts';

const MIB = 1024 * 1024;

test('a stream is read no further for a moment after a mebibyte, and then to its end', async () => {
  const stream = new PassThrough({ highWaterMark: 10 * MIB });
  let read = 0;
  readThrottled(stream, text => (read += text.length));
  const paused = once(stream, 'pause');
  for (let count = 0; count < 3; count += 1) stream.write('x'.repeat(MIB));
  stream.end();
  await paused;
  expect(read).toBe(MIB);
  await once(stream, 'end');
  expect(read).toBe(3 * MIB);
});

test('a stream that says little is never stopped', async () => {
  const stream = new PassThrough();
  const texts: string[] = [];
  readThrottled(stream, text => texts.push(text));
  stream.once('pause', () => texts.push('paused'));
  stream.write('ä'.repeat(10));
  stream.write(Buffer.from('ö').subarray(0, 1));
  stream.end(Buffer.from('ö').subarray(1));
  await once(stream, 'end');
  expect(texts.join('')).toBe(`${'ä'.repeat(10)}ö`);
});
