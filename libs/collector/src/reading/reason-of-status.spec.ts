import { expect, test } from 'vitest';
import { NO_CREDENTIALS, type Credentials } from './credentials.ts';
import { failureOfRefusal, failureOfStatus } from './reason-of-status.ts';

const named: Credentials = { ...NO_CREDENTIALS, name: 'agents' };
const basic: Credentials = { ...named, scheme: 'basic' };
const bearer: Credentials = { ...named, scheme: 'bearer' };
const certificate: Credentials = { ...named, hasCertificate: true };

test.each([
  [301, NO_CREDENTIALS, undefined, 'bad_response', /redirects \(status 301\).*write the address that it leads to/],
  [
    401,
    NO_CREDENTIALS,
    'Basic realm="x"',
    'denied',
    /wants a name and password.*give the machine an "auth:" that has basic/,
  ],
  [401, NO_CREDENTIALS, 'bearer realm="x"', 'denied', /wants a token.*that has bearer/],
  [401, NO_CREDENTIALS, undefined, 'denied', /wants a name and password/],
  [401, certificate, 'Basic', 'denied', /give auth "agents" in nodeconf\.yml a basic/],
  [401, basic, 'Basic', 'denied', /does not accept auth "agents".*its name or password/],
  [401, bearer, 'Basic', 'denied', /does not accept auth "agents".*its token/],
  [403, NO_CREDENTIALS, undefined, 'denied', /\(status 403\).*"allow dashboard from"/],
  [412, basic, undefined, 'denied', /"bearer token protection = no".*docs\/agents\.md/],
  [451, NO_CREDENTIALS, undefined, 'denied', /\(status 451\).*"allow dashboard from"/],
  [418, NO_CREDENTIALS, undefined, 'bad_response', /status 418/],
  [500, NO_CREDENTIALS, undefined, 'bad_response', /status 500/],
  [502, NO_CREDENTIALS, undefined, 'unreachable', /proxy/],
  [503, NO_CREDENTIALS, undefined, 'no_data', /starting/],
  [504, NO_CREDENTIALS, undefined, 'timeout', /proxy/],
] as const)('status %i to %o, challenge %s: %s', (status, credentials, challenge, reason, detail) => {
  const failed = failureOfStatus(status, { credentials, challenge });
  expect(failed).toEqual({ ok: false, reason, detail: expect.stringMatching(detail), status });
});

const page = (title: string): string => `<html>\r\n<head><title>400 ${title}</title></head>\r\n`;

test.each([
  [404, 'No metrics where matched to query.', NO_CREDENTIALS, 'no_data', /no such chart/],
  [404, 'Chart is not found: nope', NO_CREDENTIALS, 'no_data', /no such chart/],
  [404, 'This netdata does not maintain a database for host: x', NO_CREDENTIALS, 'no_data', /\/host\//],
  [404, 'Unsupported v1 API command: x', NO_CREDENTIALS, 'bad_response', /is its path right/],
  [404, '', NO_CREDENTIALS, 'bad_response', /is its path right/],
  [400, page('No required SSL certificate was sent'), NO_CREDENTIALS, 'denied', /certificate_file and key_file/],
  [400, page('The SSL certificate error'), certificate, 'denied', /client certificate of auth "agents"/],
  [400, page('The plain HTTP request was sent to HTTPS port'), NO_CREDENTIALS, 'bad_response', /https:\/\//],
  [400, 'Nesting of hosts is not allowed.', NO_CREDENTIALS, 'bad_response', /status 400/],
] as const)('status %i with "%s" to %o: %s', (status, body, credentials, reason, detail) => {
  const failed = failureOfRefusal(status, Buffer.from(body), credentials);
  expect(failed).toEqual({ ok: false, reason, detail: expect.stringMatching(detail), status });
});
