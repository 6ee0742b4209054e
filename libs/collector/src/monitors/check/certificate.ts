import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { excerptOf } from './excerpt.ts';

const DAY_MS = 86_400_000;
const MAX_CHAIN = 20;
const SHOWN_NAMES = 3;

/** What a server showed of itself in a TLS handshake. */
export interface Presented {
  /** The names and addresses that the certificate is for, as people write them. */
  readonly names: readonly string[];
  /** It is for the name that was asked for. */
  readonly fitsName: boolean;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Who signed the last certificate that the server sent. */
  readonly issuer: string;
  /** The server sent its own certificate only. */
  readonly isAlone: boolean;
  /** OpenSSL's name for what is wrong with the chain; `null`: it leads to an authority that is trusted. */
  readonly chainError: string | null;
}

/**
 * Reads what is known after a handshake that does not verify. `null`: the server showed no certificate, or one that makes
 * no sense. It is the other side's, and nothing in it is believed to be well formed.
 */
export function presentedBy(socket: TLSSocket, name: string): Presented | null {
  try {
    const certificate = socket.getPeerX509Certificate();
    return certificate === undefined ? null : read(certificate, socket, name);
  } catch {
    return null;
  }
}

function read(certificate: X509Certificate, socket: TLSSocket, name: string): Presented | null {
  const { validFromDate: validFrom, validToDate: validTo } = certificate;
  // The texts tell whether a date can be read. Of one that cannot, Node's `Date` is whatever was in memory (24.21).
  if (![certificate.validFrom, certificate.validTo].every(isDate)) return null;
  const chain = chainOf(certificate);
  return {
    names: namesOf(certificate),
    fitsName: fits(certificate, name),
    validFrom,
    validTo,
    issuer: excerptOf(commonNameOf(chain.at(-1)?.issuer ?? '')),
    isAlone: chain.length === 1,
    chainError: chainErrorOf(socket),
  };
}

/** OpenSSL writes `Nov 21 07:37:11 2026 GMT`, and `Bad time value` for what is no date. */
function isDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

/** Whole days until the certificate ends; negative when it has ended. */
export function daysLeft({ validTo }: Pick<Presented, 'validTo'>, now: Date): number {
  return daysBetween(now, validTo);
}

/** Whole days from one instant to another, rounded down. */
export function daysBetween(from: Date, to: Date): number {
  return Math.floor((to.getTime() - from.getTime()) / DAY_MS);
}

/** `a.example, b.example and 7 more`. */
export function showNames(names: readonly string[]): string {
  if (names.length === 0) return 'no name at all';
  const shown = names.slice(0, SHOWN_NAMES).join(', ');
  return names.length > SHOWN_NAMES ? `${shown} and ${names.length - SHOWN_NAMES} more` : shown;
}

/** As browsers do: the names of the extension only, never the common name, and `*` for one whole label. */
function fits(certificate: X509Certificate, name: string): boolean {
  if (isIP(name) !== 0) return certificate.checkIP(name) !== undefined;
  const host = name.replace(/\.$/, '');
  return certificate.checkHost(host, { subject: 'never', partialWildcards: false }) !== undefined;
}

/** Of `DNS:a.example, IP Address:10.0.0.1, URI:…`, what a server can be called by. */
function namesOf({ subjectAltName }: X509Certificate): string[] {
  const entries = (subjectAltName ?? '').matchAll(/(?:^|, )(?:DNS|IP Address):("[^"]*"|[^,]*)/g);
  return [...entries].map(([, name = '']) => excerptOf(name).slice(1, -1));
}

/** The certificates that the server sent, its own first. Node links each to its issuer, the root to itself. */
function chainOf(certificate: X509Certificate): X509Certificate[] {
  const chain = [certificate];
  let next = certificate.issuerCertificate;
  while (
    next !== undefined &&
    chain.length < MAX_CHAIN &&
    !chain.some(one => one.fingerprint256 === next?.fingerprint256)
  ) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

function commonNameOf(issuer: string): string {
  return /^CN=(.*)$/m.exec(issuer)?.[1] ?? issuer;
}

function chainErrorOf(socket: TLSSocket): string | null {
  if (socket.authorized) return null;
  // Its type says Error; it is the code of one.
  return String(socket.authorizationError);
}
