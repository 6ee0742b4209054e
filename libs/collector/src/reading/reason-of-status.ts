import { failure, type Failure } from './answer.types.ts';
import type { Credentials } from './credentials.ts';

/** What came and went with a status that says no. */
export interface StatusContext {
  readonly credentials: Credentials;
  /** The WWW-Authenticate header. */
  readonly challenge: string | readonly string[] | undefined;
}

/** How Netdata's 404 begins, which is of three kinds; versions 1.37 and 2.11 say the same. */
const NO_CHART = ['No metrics where matched', 'Chart is not found'];
const NO_HOST = 'This netdata does not maintain a database for host';
/** What nginx writes into the page of its 400 (its own statuses 495, 496 and 497). */
const NO_CERTIFICATE = 'No required SSL certificate was sent';
const BAD_CERTIFICATE = 'The SSL certificate error';
const PLAIN_HTTP = 'plain HTTP request was sent to HTTPS port';

/** Whether only the body of an answer with this status tells what it means. */
export function needsBody(status: number): boolean {
  return status === 200 || status === 400 || status === 404;
}

/** What a status means of which the body is not needed. */
export function failureOfStatus(status: number, context: StatusContext): Failure {
  const { reason, detail } = meaningOf(status, context);
  return failure(reason, detail, status);
}

function meaningOf(status: number, context: StatusContext): Pick<Failure, 'reason' | 'detail'> {
  switch (status) {
    case 401:
      return { reason: 'denied', detail: whoAreYou(context) };
    case 403:
    case 451:
      return { reason: 'denied', detail: notOnTheList(status) };
    case 412:
      return { reason: 'denied', detail: TOKEN_PROTECTION };
    case 502:
      return { reason: 'unreachable', detail: 'The proxy in front of the agent does not reach it (status 502).' };
    case 503:
      return { reason: 'no_data', detail: 'The agent is starting (status 503).' };
    case 504:
      return { reason: 'timeout', detail: 'The agent gives no answer to the proxy in front of it (status 504).' };
    default:
      return { reason: 'bad_response', detail: unexpected(status) };
  }
}

/** What a 400 or 404 with this body means. */
export function failureOfRefusal(status: number, body: Buffer, credentials: Credentials): Failure {
  const text = body.toString('latin1');
  return status === 404 ? failureOfMissing(text) : failureOfBadRequest(text, credentials);
}

function failureOfMissing(text: string): Failure {
  if (NO_CHART.some(start => text.startsWith(start)))
    return failure('no_data', 'The agent has no such chart, or nothing of that time.', 404);
  if (text.startsWith(NO_HOST)) return failure('no_data', NO_SUCH_HOST, 404);
  return failure('bad_response', 'There is no Netdata API at this address (status 404): is its path right?', 404);
}

/** A proxy that asks for certificates lets the connection be made and says no only then. */
function failureOfBadRequest(text: string, { name, hasCertificate }: Credentials): Failure {
  if (text.includes(BAD_CERTIFICATE) && hasCertificate)
    return failure('denied', `It does not accept the client certificate of auth "${name}" (status 400).`, 400);
  if (text.includes(NO_CERTIFICATE) || text.includes(BAD_CERTIFICATE)) return failure('denied', WANTS_CERTIFICATE, 400);
  if (text.includes(PLAIN_HTTP))
    return failure('bad_response', 'It speaks TLS only (status 400): write its address with https://.', 400);
  return failure('bad_response', unexpected(400), 400);
}

const NO_SUCH_HOST =
  'This Netdata parent has no machine of that name (yet): what follows /host/ must be the hostname of a machine that streams to it.';
const WANTS_CERTIFICATE =
  'It wants a client certificate (status 400): give the machine an "auth:" that has certificate_file and key_file.';
/** A token comes only from Netdata Cloud, to an agent that is claimed there, and for a day. */
const TOKEN_PROTECTION =
  'The agent wants a token that only Netdata Cloud gives out (status 412): set "bearer token protection = no" in its netdata.conf, section [web], and protect it by "allow connections from" or by a proxy (docs/agents.md).';

function whoAreYou({ credentials: { name, scheme }, challenge }: StatusContext): string {
  if (scheme !== null) {
    const wrong = scheme === 'basic' ? 'name or password' : 'token';
    return `The agent does not accept auth "${name}" (status 401): its ${wrong} in nodeconf.yml is wrong.`;
  }
  const wanted = /^bearer\b/i.test(String(challenge ?? '')) ? 'bearer' : 'basic';
  const what = wanted === 'basic' ? 'a name and password' : 'a token';
  return name === null
    ? `The agent wants ${what} (status 401): give the machine an "auth:" that has ${wanted}.`
    : `The agent wants ${what} (status 401): give auth "${name}" in nodeconf.yml a ${wanted}.`;
}

function notOnTheList(status: number): string {
  return `The agent does not let us see its data (status ${status}): add our address to "allow dashboard from" in its netdata.conf, section [web], or to the list of the proxy in front of it.`;
}

function unexpected(status: number): string {
  return status >= 300 && status < 400
    ? `The agent redirects (status ${status}), which is not followed: write the address that it leads to.`
    : `The agent answers with status ${status}.`;
}
