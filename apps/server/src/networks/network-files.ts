import { parseNetworkFile, type Clock, type NetworkFile } from '#config';
import type { Storage } from '#storage';

/** How long a process may go on with an older version after another process accepted a newer one. */
const FRESH_MS = 3_000;

interface Entry {
  readonly hash: string;
  readonly file: NetworkFile;
  readonly readAt: number;
}

/** The accepted network files, parsed. The database holds them; this keeps each for a few seconds. */
export class NetworkFiles {
  private readonly storage: Pick<Storage, 'networks'>;
  private readonly clock: Clock;
  private readonly entries = new Map<string, Entry>();

  constructor(storage: Pick<Storage, 'networks'>, clock: Clock) {
    this.storage = storage;
    this.clock = clock;
  }

  /** The accepted file of a network, or `null` when there is no such network. */
  async current(network: string): Promise<NetworkFile | null> {
    const now = this.clock.now().getTime();
    const known = this.entries.get(network);
    if (known !== undefined && now - known.readAt < FRESH_MS) return known.file;
    const head = await this.storage.networks.head(network);
    if (head !== null && known?.hash === head.hash) {
      this.entries.set(network, { ...known, readAt: now });
      return known.file;
    }
    const version = head === null ? null : await this.storage.networks.current(network);
    if (version === null) return null;
    const file = parseNetworkFile(version.text, `${network}, version ${version.version}`);
    this.entries.set(network, { hash: version.hash, file, readAt: now });
    return file;
  }

  /** Forgets what is known of a network: a new version has been accepted here. */
  forget(network: string): void {
    this.entries.delete(network);
  }
}
