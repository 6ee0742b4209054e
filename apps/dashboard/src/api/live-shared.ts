import { SharedChannel, type SharedTab, type SharingParts } from './live-channel.ts';
import { parseWish, wishUrl } from './live-wish.ts';

/** Whom a stream is for and where it is; the account is part of it, for no account is told what another may see. */
export interface SharedRequest {
  /** Of the account; whoever is signed in next is told apart by it. */
  readonly account: number;
  readonly url: string;
}

/** A tab that was not heard of for this long is gone; it says twice in that time that it is there. */
const GONE_MS = 12_000;
/** Servers and proxies refuse an address that is much longer. */
const MAX_URL = 6_000;

/**
 * The streams of all tabs of a browser, over as few connections as possible: browsers allow six per server, and with
 * one for each tab the seventh would hang. Tabs that look at one network share one connection that tells everything any
 * of them wants; each is told all of it and takes what it knows. It decides and remembers; what opens connections, what
 * carries messages and what keeps time is given to it.
 */
export class SharedStreams {
  readonly #parts: SharingParts;
  readonly #channels: { account: number; channel: SharedChannel }[] = [];
  readonly #heardAt = new Map<SharedTab, number>();

  constructor(parts: SharingParts) {
    this.#parts = parts;
  }

  /** A tab wants to be told. It is greeted at once where a connection stands that tells all it wants. */
  join(tab: SharedTab, { account, url }: SharedRequest): void {
    const { wish, after } = parseWish(url);
    this.#heardAt.set(tab, this.#parts.now());
    const standing = this.#channels.find(
      other =>
        other.account === account &&
        other.channel.network === wish.network &&
        wishUrl(other.channel.with(wish), null).length <= MAX_URL,
    );
    if (standing !== undefined) return standing.channel.add(tab, wish, after);
    const channel = new SharedChannel(wish.network, this.#parts, gone => this.#heardAt.delete(gone));
    this.#channels.push({ account, channel });
    channel.add(tab, wish, after);
  }

  /** A tab says that it is still there. */
  isHere(tab: SharedTab): void {
    if (this.#heardAt.has(tab)) this.#heardAt.set(tab, this.#parts.now());
    // It was taken for gone (the computer slept, perhaps), and waits for what will never come.
    else tab.ended();
  }

  /** A tab wants no more. */
  leave(tab: SharedTab): void {
    this.#heardAt.delete(tab);
    for (const { channel } of this.#channels) channel.remove(tab);
  }

  /** To be called every few seconds: forgets tabs that died without a word, and ends what nobody listens to any more. */
  sweep(): void {
    const now = this.#parts.now();
    for (const [tab, heardAt] of this.#heardAt) {
      if (now - heardAt >= GONE_MS) this.leave(tab);
    }
    for (const { channel } of this.#channels) channel.settle();
    this.#channels.splice(0, Infinity, ...this.#channels.filter(({ channel }) => !channel.isOver));
  }
}
