import { parseHello, parseVerdict } from './live-events.ts';
import type { EventSourceLike } from './live-stream.ts';
import { covers, type LiveWish, unite, wishUrl } from './live-wish.ts';

/** The events of a stream. */
export const LIVE_EVENTS = ['hello', 'verdict', 'values'] as const;
export type LiveEventType = (typeof LIVE_EVENTS)[number];

/** One stream of one tab, as far as it is told things. */
export interface SharedTab {
  event(type: LiveEventType, data: string): void;
  /** There will be nothing more: the server refused, or the connection broke. It may come back as another. */
  ended(): void;
}

/** What sharing needs of the world. */
export interface SharingParts {
  readonly open: (url: string) => EventSourceLike;
  /** In ms of the Unix epoch. */
  readonly now: () => number;
}

/** Values come every second. Who joins a connection that is quiet for longer is not told that it stands. */
const SILENCE_MS = 5_000;
/** A page that is left for another one of the same network finds the connection standing. */
const LINGER_MS = 3_000;

/** A connection, and what it was asked for. */
interface Source {
  readonly source: EventSourceLike;
  readonly wish: LiveWish;
  /** After which state change it was asked to go on. */
  readonly after: number | null;
}

interface Member {
  readonly wish: LiveWish;
  isGreeted: boolean;
}

/**
 * One network's events for the tabs of one account. While what is wanted changes there are two connections for a moment,
 * so that nobody misses a state change. A connection that breaks is never made again by the browser itself, for then
 * somebody else may be signed in: all tabs are told, and ask again.
 */
export class SharedChannel {
  readonly network: string;
  readonly #parts: SharingParts;
  readonly #forget: (tab: SharedTab) => void;
  readonly #members = new Map<SharedTab, Member>();
  /** The one that tells. */
  #current: Source | null = null;
  /** The one that is to take over as soon as it says hello. */
  #next: Source | null = null;
  /** The newest state change that is known of. */
  #sequence = 0;
  /** How far the server's clock is ahead of this one. */
  #offsetMs = 0;
  #heardAt = 0;
  #emptySince: number;

  /** @param forget told of each tab that was told its end */
  constructor(network: string, parts: SharingParts, forget: (tab: SharedTab) => void) {
    this.network = network;
    this.#parts = parts;
    this.#forget = forget;
    this.#emptySince = parts.now();
  }

  /** Whether nothing is left of it. */
  get isOver(): boolean {
    return this.#members.size === 0 && this.#current === null && this.#next === null;
  }

  /** What would be wanted with this wish, too. */
  with(wish: LiveWish): LiveWish {
    return unite([wish, ...this.#wishes()]);
  }

  /** @param after after which state change the tab would go on; known of a tab that had another connection before */
  add(tab: SharedTab, wish: LiveWish, after: number | null): void {
    const member: Member = { wish, isGreeted: false };
    this.#members.set(tab, member);
    if (this.#isSilent()) this.#close('current');
    const isTold = this.#current !== null && covers(this.#current.wish, wish);
    if (isTold) this.#greet(tab, member);
    const isToCome = this.#next === null ? isTold : covers(this.#next.wish, wish);
    if (!isToCome) this.#ask(this.with(wish), after);
  }

  remove(tab: SharedTab): void {
    if (this.#members.delete(tab) && this.#members.size === 0) this.#emptySince = this.#parts.now();
  }

  /** Ends what nobody needs: all of it a moment after the last tab left, or the part that only others wanted. */
  settle(): void {
    const [first, ...rest] = this.#wishes();
    if (first === undefined) {
      if (this.#parts.now() - this.#emptySince >= LINGER_MS) this.#closeBoth();
      return;
    }
    const wanted = unite([first, ...rest]);
    const isWider = this.#current !== null && !covers(wanted, this.#current.wish);
    if (isWider && this.#next === null) this.#ask(wanted, null);
  }

  #wishes(): LiveWish[] {
    return [...this.#members.values()].map(({ wish }) => wish);
  }

  #isSilent(): boolean {
    return this.#current !== null && this.#parts.now() - this.#heardAt > SILENCE_MS;
  }

  #ask(wish: LiveWish, ofTab: number | null): void {
    this.#close('next');
    const after = this.#current === null ? ofTab : this.#sequence;
    const source = this.#parts.open(wishUrl(wish, after));
    const asked: Source = { source, wish, after };
    this.#next = asked;
    for (const type of LIVE_EVENTS) {
      source.addEventListener(type, message => this.#heard(asked, type, String((message as MessageEvent).data)));
    }
    source.addEventListener('error', () => this.#broke(asked));
  }

  #heard(from: Source, type: LiveEventType, data: string): void {
    if (from !== this.#current && from !== this.#next) return;
    if (type === 'hello') return this.#begins(from, data);
    if (from !== this.#current) return;
    this.#heardAt = this.#parts.now();
    // One that took over may tell again what the one before has told; to a page it is the same state once more.
    if (type === 'verdict') this.#sequence = Math.max(this.#sequence, parseVerdict(data)?.sequence ?? 0);
    for (const [tab, member] of this.#members) if (member.isGreeted) tab.event(type, data);
  }

  #begins(from: Source, data: string): void {
    const hello = parseHello(data);
    if (hello === null) return;
    this.#heardAt = this.#parts.now();
    this.#offsetMs = Date.parse(hello.at) - this.#heardAt;
    // Either it goes on where it was asked to, or nothing has happened in between. Otherwise everybody has to read anew.
    const isSeamless =
      from !== this.#current &&
      this.#current !== null &&
      (hello.sequence === from.after || hello.sequence === this.#sequence);
    if (!isSeamless) this.#sequence = hello.sequence;
    if (from === this.#next) {
      this.#close('current');
      this.#current = from;
      this.#next = null;
    }
    for (const [tab, member] of this.#members) {
      const isServed = covers(from.wish, member.wish);
      if (isServed && (!isSeamless || !member.isGreeted)) this.#greet(tab, member);
    }
  }

  /** A connection stands for this tab; whoever names another state change than this one reads its lists anew. */
  #greet(tab: SharedTab, member: Member): void {
    member.isGreeted = true;
    const at = new Date(this.#parts.now() + this.#offsetMs).toISOString();
    tab.event('hello', JSON.stringify({ sequence: this.#sequence, at }));
  }

  #broke(from: Source): void {
    if (from === this.#next && this.#current !== null) {
      this.#close('next');
      return this.#end(member => !member.isGreeted);
    }
    if (from !== this.#current && from !== this.#next) return;
    this.#closeBoth();
    this.#end(() => true);
  }

  #end(isMeant: (member: Member) => boolean): void {
    for (const [tab, member] of this.#members) {
      if (!isMeant(member)) continue;
      this.remove(tab);
      this.#forget(tab);
      tab.ended();
    }
  }

  #closeBoth(): void {
    this.#close('current');
    this.#close('next');
  }

  #close(which: 'current' | 'next'): void {
    if (which === 'current') {
      this.#current?.source.close();
      this.#current = null;
    } else {
      this.#next?.source.close();
      this.#next = null;
    }
  }
}
