import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseInfo } from './parse-info.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8'));

test.each(['v1', 'v2'])('%s: what an agent in a bare namespace does not know is null', version => {
  const info = parseInfo(read(`${version}.info`));
  const number = version === 'v1' ? 'v1.37.1' : 'v2.11.0';
  expect(info).toMatchObject({ ok: true, value: { version: number, os: null, cores: null, memoryBytes: null } });
  expect(info.ok && info.value.uid).toMatch(/^[0-9a-f-]{36}$/);
});

test('counts come as strings', () => {
  const json = { version: 'v1.37.1', os_name: 'Debian', os_version: '12', cores_total: '2', ram_total: '25276510208' };
  expect(parseInfo(json)).toEqual({
    ok: true,
    value: { version: 'v1.37.1', uid: null, os: 'Debian 12', cores: 2, memoryBytes: 25_276_510_208 },
  });
});

test.each([[null], [[]], [{}], [{ version: 7 }]])('%j is no info', json => {
  expect(parseInfo(json)).toMatchObject({ ok: false, reason: 'bad_response' });
});
