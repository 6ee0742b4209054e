import { expect, test } from 'vitest';
import { parseReport } from './parse-report.ts';

test.each([
  '{"type":"loaded","declaration":{"kind":"thing"}}',
  '{"type":"failed","message":"no"}',
  '{"type":"threw","id":1,"message":"no"}',
  '{"type":"result","id":1,"latencyMs":0.5,"result":null}',
  '{"type":"alive","memoryBytes":-4096}',
])('%s is a report', text => {
  expect(parseReport(text)).toEqual(JSON.parse(text));
});

test.each([
  '',
  'rubbish',
  'null',
  '[]',
  '{"type":"other"}',
  '{"type":"failed"}',
  '{"type":"threw","id":"1","message":"no"}',
  '{"type":"result","id":1}',
  '{"type":"result","id":1,"latencyMs":1e999}',
  '{"type":"result","id":1,"latencyMs":-1}',
  '{"type":"alive","memoryBytes":"1"}',
])('%j is none', text => {
  expect(parseReport(text)).toBeNull();
});
