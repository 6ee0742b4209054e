import { SetMetadata } from '@nestjs/common';
import type { Request } from 'express';
import { isLoopback, type Settings } from '#config';
import { plainAddress } from './client-address.ts';

/** Under which key a route says that programs on this machine need no token. */
export const LOCAL_TOO = 'distomon:local-too';

/** Lets programs of this machine in as well, which speak to the server itself: a Prometheus beside it. */
export function LocalToo(): MethodDecorator {
  return SetMetadata(LOCAL_TOO, true);
}

/** What a proxy adds to what it passes on. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Whether the settings speak of a proxy in front. One on this machine that adds nothing to what it passes on looks like any
 * program of this machine, and so would all the world that comes through it.
 */
export function expectsProxy({
  trustProxy,
  publicUrl,
  listen,
}: Pick<Settings, 'trustProxy' | 'publicUrl' | 'listen'>): boolean {
  return trustProxy > 0 || publicUrl !== null || 'socket' in listen;
}

/**
 * Whether a program of this machine asks this server itself: the socket comes from here, no proxy stands between, and it was
 * asked for by a name of this machine, which the page of another site cannot (its name would be sent, whatever it points to).
 *
 * @param proxied whether a proxy is to be expected: then nobody is believed to be this machine
 */
export function isLocalRequest({ socket, headers }: Pick<Request, 'socket' | 'headers'>, proxied: boolean): boolean {
  return (
    !proxied &&
    isLoopback(plainAddress(socket.remoteAddress)) &&
    FORWARDED.every(name => headers[name] === undefined) &&
    isLoopback((headers.host ?? '').replace(/:\d+$/, ''))
  );
}
