import { expect, test } from 'vitest';
import { isStorageOutage } from './storage-unavailable.ts';

const error = (message: string, more: object = {}): Error => Object.assign(new Error(message), more);

test.each<[string, unknown, boolean]>([
  ['nothing listens', error('connect ECONNREFUSED 127.0.0.1:5432', { code: 'ECONNREFUSED' }), true],
  ['the server was stopped', error('terminating connection due to administrator command', { code: '57P01' }), true],
  ['the connection broke', error('Connection terminated unexpectedly'), true],
  ['no connection came free', error('timeout exceeded when trying to connect'), true],
  [
    'the cause of what a layer above says',
    error('query failed', { cause: error('reset', { code: 'ECONNRESET' }) }),
    true,
  ],
  ['a wrong statement', error('syntax error', { code: '42601' }), false],
  ['a broken rule of the data', error('duplicate key', { code: '23505' }), false],
  ['a mistake of ours', new TypeError('x is undefined'), false],
  ['no error at all', 'ECONNREFUSED', false],
])('%s: an outage is told from other failures', (_what, failure, outage) => {
  expect(isStorageOutage(failure)).toBe(outage);
});
