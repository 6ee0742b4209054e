import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate with its key, as PEM texts; `chain` is what a server sends: the certificate and those above it. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
  readonly chain: string;
}

/** An authority that signs certificates. */
export interface Authority extends Identity {
  readonly name: string;
  readonly isRoot: boolean;
  readonly privateKey: KeyObject;
}

interface Wish {
  readonly name: string;
  /** Who signs it; `null`: itself. */
  readonly by: Authority | null;
  /** Names and addresses that it is for. */
  readonly names?: readonly string[];
  readonly from?: Date;
  readonly to?: Date;
  readonly isAuthority?: boolean;
  readonly purpose?: 'server' | 'client';
}

const DAY_MS = 86_400_000;

export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

/** Signs an authority: a root, or one below another (`by`). */
export function makeAuthority(name: string, by: Authority | null = null, to?: Date): Authority {
  return { name, isRoot: by === null, ...make({ name, by, isAuthority: true, ...(to !== undefined && { to }) }) };
}

/** Signs the certificate of a server or a client. */
export function makeIdentity(wish: Omit<Wish, 'isAuthority'>): Identity {
  return make(wish);
}

function make(wish: Wish): Identity & { privateKey: KeyObject } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = tbsCertificate(wish, publicKey);
  const signature = sign('sha256', body, wish.by?.privateKey ?? privateKey);
  const certificate = pem('CERTIFICATE', sequence(body, sequence(ECDSA_SHA256), bitString(signature)));
  // The root is not sent: whoever trusts it has it.
  const above = wish.by === null || wish.by.isRoot ? '' : wish.by.chain;
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificate, key, chain: certificate + above, privateKey };
}

// RFC 5280 in DER (X.690), as far as it is needed here.

const ECDSA_SHA256 = objectId('2a8648ce3d040302');
const COMMON_NAME = objectId('550403');
const PURPOSES = { server: objectId('2b06010505070301'), client: objectId('2b06010505070302') };

function tbsCertificate(wish: Wish, publicKey: KeyObject): Buffer {
  const { name, by, from = daysFromNow(-30), to = daysFromNow(90) } = wish;
  return sequence(
    tag(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    sequence(ECDSA_SHA256),
    distinguishedName(by?.name ?? name),
    sequence(time(from), time(to)),
    distinguishedName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    tag(0xa3, sequence(...extensions(wish))),
  );
}

function extensions({ names = [], isAuthority = false, purpose = 'server' }: Wish): Buffer[] {
  const constraints = extension('551d13', isAuthority ? sequence(tag(0x01, Buffer.from([0xff]))) : sequence());
  if (isAuthority) return [constraints];
  const usage = extension('551d25', sequence(PURPOSES[purpose]));
  return [
    constraints,
    usage,
    ...(names.length === 0 ? [] : [extension('551d11', sequence(...names.map(generalName)))]),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return sequence(objectId(id), tag(0x04, value));
}

function generalName(name: string): Buffer {
  return isIPv4(name) ? tag(0x87, Buffer.from(name.split('.').map(Number))) : tag(0x82, Buffer.from(name));
}

function distinguishedName(name: string): Buffer {
  return sequence(tag(0x31, sequence(COMMON_NAME, tag(0x0c, Buffer.from(name)))));
}

function time(date: Date): Buffer {
  return tag(0x18, Buffer.from(date.toISOString().replace(/[-:T]|\.\d+/g, '')));
}

function integer(bytes: Buffer): Buffer {
  return tag(0x02, bytes);
}

function bitString(bytes: Buffer): Buffer {
  return tag(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function objectId(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function tag(type: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([type, ...size]), content]);
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
