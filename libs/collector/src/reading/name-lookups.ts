import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';

/** Asks the system's resolver for every address of a name. */
export type ResolveName = (name: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void;

/** An older answer is asked for again. */
const FRESH_MS = 30_000;
/** Until then the older answer is given meanwhile: a name that is known does not wait in line behind names that hang. */
const USABLE_MS = 300_000;
const MAX_KEPT = 10_000;
/** Of the four threads that look-ups share with file reads; names that hang must not take them all. */
const MAX_AT_ONCE = 2;

const systemResolve: ResolveName = (name, done) => systemLookup(name, { all: true }, done);

interface Pending {
  readonly name: string;
  readonly waiting: ((error: Error | null, addresses: LookupAddress[]) => void)[];
}

/** Look-ups of names, each name asked once at a time and few at once, answers kept for minutes. Errors are not kept. */
export class NameLookups {
  readonly #resolve: ResolveName;
  readonly #kept = new Map<string, { readonly addresses: LookupAddress[]; readonly atMs: number }>();
  readonly #pending = new Map<string, Pending>();
  readonly #queue: Pending[] = [];
  #running = 0;

  constructor(resolve: ResolveName = systemResolve) {
    this.#resolve = resolve;
  }

  /** Fits `net.connect` and `tls.connect`. */
  readonly lookup: LookupFunction = (name, options, callback) => {
    this.#addressesOf(name, (error, found) => {
      const addresses =
        options.family === 4 || options.family === 6 ? found.filter(a => a.family === options.family) : found;
      const first = addresses[0];
      if (error !== null || first === undefined) callback(error ?? notFound(name), options.all === true ? [] : '');
      else if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };

  #addressesOf(name: string, done: (error: Error | null, addresses: LookupAddress[]) => void): void {
    const kept = this.#kept.get(name);
    const ageMs = performance.now() - (kept?.atMs ?? Number.NEGATIVE_INFINITY);
    if (kept === undefined || ageMs >= USABLE_MS) return this.#ask(name, done);
    queueMicrotask(() => done(null, kept.addresses));
    if (ageMs >= FRESH_MS) this.#ask(name, () => undefined);
  }

  #ask(name: string, done: (error: Error | null, addresses: LookupAddress[]) => void): void {
    const pending = this.#pending.get(name);
    if (pending !== undefined) {
      pending.waiting.push(done);
      return;
    }
    const asked: Pending = { name, waiting: [done] };
    this.#pending.set(name, asked);
    this.#queue.push(asked);
    this.#start();
  }

  #start(): void {
    if (this.#running >= MAX_AT_ONCE) return;
    const next = this.#queue.shift();
    if (next === undefined) return;
    this.#running++;
    this.#resolve(next.name, (error, addresses) => this.#finish(next, error, addresses));
  }

  #finish(asked: Pending, error: Error | null, addresses: LookupAddress[]): void {
    this.#running--;
    this.#pending.delete(asked.name);
    if (this.#kept.size >= MAX_KEPT) this.#kept.clear();
    if (error === null) this.#kept.set(asked.name, { addresses, atMs: performance.now() });
    else this.#kept.delete(asked.name);
    for (const done of asked.waiting) done(error, error === null ? addresses : []);
    this.#start();
  }
}

function notFound(name: string): Error {
  return Object.assign(new Error(`${name} has no address`), { code: 'ENOTFOUND' });
}
