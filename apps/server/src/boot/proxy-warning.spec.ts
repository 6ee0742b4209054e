import { expect, test } from 'vitest';
import { readSettings } from '#config';
import { proxyWarning } from './proxy-warning.ts';

const HTTPS = { PUBLIC_URL: 'https://status.example.org' };

function warningWith(env: NodeJS.ProcessEnv): string | null {
  const readFile = (): never => {
    throw new Error('there are no files');
  };
  return proxyWarning(readSettings(env, { cwd: '/srv', hostname: 'box-1', readFile }));
}

test.each([[HTTPS], [{ ...HTTPS, HOST: '0.0.0.0' }], [{ ...HTTPS, TRUST_PROXY: '0' }]])(
  'says what to set when a proxy with TLS stands in front and is not believed: %j',
  env => {
    expect(warningWith(env)).toContain('Set TRUST_PROXY to the number of proxies in front');
  },
);

test.each([
  [{}],
  [{ ...HTTPS, TRUST_PROXY: '1' }],
  [{ ...HTTPS, LISTEN: '/run/d.sock' }],
  [{ PUBLIC_URL: 'http://127.0.0.1:8080' }],
])('says nothing with %j', env => {
  expect(warningWith(env)).toBeNull();
});
