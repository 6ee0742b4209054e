import { expect, test } from 'vitest';
import { isConnectionError, isLoginError } from './connection-error.ts';

const withCode = (code: string) => Object.assign(new Error('message'), { code });

test.each([
  { what: 'a refused connection', error: withCode('ECONNREFUSED') },
  { what: 'a broken connection', error: withCode('ECONNRESET') },
  { what: 'a server that is told to stop', error: withCode('57P01') },
  { what: 'a server that starts up', error: withCode('57P03') },
  { what: 'a server without a free connection', error: withCode('53300') },
  { what: 'a lost connection', error: withCode('08006') },
  { what: 'a killed connection', error: new Error('Connection terminated unexpectedly') },
  { what: 'a pool that waits in vain', error: new Error('timeout exceeded when trying to connect') },
  { what: 'Redis offline', error: new Error("Stream isn't writeable and enableOfflineQueue options is false") },
  { what: 'Redis that loads its data', error: new Error('LOADING Redis is loading the dataset in memory') },
  { what: 'every address of a host', error: new AggregateError([withCode('ECONNREFUSED'), withCode('ETIMEDOUT')], '') },
])('$what says that the server is away', ({ error }) => {
  expect(isConnectionError(error)).toBe(true);
});

test.each([
  { what: 'a wrong statement', error: withCode('42601') },
  { what: 'a missing right', error: withCode('42501') },
  { what: 'a wrong password', error: withCode('28P01') },
  { what: 'a missing job', error: new Error('Missing key for job 1. moveToFinished') },
  { what: 'no error', error: 'ECONNREFUSED' },
])('$what does not', ({ error }) => {
  expect(isConnectionError(error)).toBe(false);
});

test.each([
  { error: withCode('28P01'), login: true },
  { error: new Error('WRONGPASS invalid username-password pair or user is disabled.'), login: true },
  { error: new Error('NOAUTH Authentication required.'), login: true },
  { error: new Error('ERR invalid password'), login: true },
  { error: new Error("NOPERM User app has no permissions to run the 'keys' command"), login: false },
  { error: withCode('ECONNREFUSED'), login: false },
])('that $error says that nobody is let in is $login', ({ error, login }) => {
  expect(isLoginError(error)).toBe(login);
});
