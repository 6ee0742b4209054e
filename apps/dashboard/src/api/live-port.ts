import type { LiveEventType } from './live-channel.ts';
import type { SharedRequest } from './live-shared.ts';

/** What a tab says to the worker. */
export type ToWorker =
  | ({ readonly say: 'join' } & SharedRequest)
  /** Said every few seconds: a tab that dies says nothing. */
  | { readonly say: 'here' }
  | { readonly say: 'leave' };

/** What the worker says to a tab. */
export type ToTab =
  | { readonly say: 'event'; readonly type: LiveEventType; readonly data: string }
  | { readonly say: 'ended' };

/** How often a tab says that it is there. Only tabs that are seen have a stream, so no browser slows this down. */
export const HERE_MS = 5_000;

/** The part of a MessagePort that is used. */
export type Port = Pick<MessagePort, 'postMessage' | 'close' | 'onmessage'>;
