import { describe, expect, it } from 'vitest';
import { redactUrl, showValue } from './show.ts';

describe('showValue', () => {
  it.each([
    ['db-1', '"db-1"'],
    [12, '12'],
    [true, 'true'],
    [[1], 'a list'],
    [{ a: 1 }, 'a mapping'],
    ['two\nlines', '"two\\nlines"'],
    ['\u001b[2J\u009b2J', '"\\u001b[2J\\u009b2J"'],
    ['$value', '"\\u0024value"'],
    ['http://bob:hunter2@db-1:19999', '"http://***@db-1:19999"'],
    ['http://bob:hun/t@r2@db-1', '"http://***@db-1"'],
  ])('shows %j on one line and without secrets', (value, shown) => {
    expect(showValue(value)).toBe(shown);
  });

  it('shortens what is long', () => {
    expect(showValue('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(80)}…"`);
  });
});

describe('redactUrl', () => {
  it.each([
    ['postgresql://bob:hunter2@db:5432/distomon', 'postgresql://bob@db:5432/distomon'],
    ['postgresql:///distomon?host=/run&password=hunter2', 'postgresql:///distomon'],
    ['redis://:hunter2@cache:6379/0', 'redis://cache:6379/0'],
    ['postgresql://bob:12/hunter2@db/distomon', 'postgresql://***'],
    ['bob:hunter2@db', 'bob://***'],
    ['hunter2', '(not a URL)'],
  ])('shows no password of %s', (url, shown) => {
    expect(redactUrl(url)).toBe(shown);
    expect(redactUrl(url)).not.toContain('hunter2');
  });
});
