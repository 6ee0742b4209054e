import { parseNetworkFile, type MonitorKind, type NetworkFile } from '#config';
import type { Storage } from '#storage';

/** How long a process may go on with an older version after another process accepted a newer one. */
const FRESH_MS = 3_000;

interface Entry {
  readonly hash: string;
  readonly file: NetworkFile;
}

/** The accepted network files, parsed. The database holds them; this keeps each for a few seconds. */
export class NetworkFiles {
  private readonly storage: Pick<Storage, 'networks'>;
  private readonly kinds: readonly MonitorKind[];
  private readonly entries = new Map<string, Entry>();
  private readonly looks = new Map<string, { readonly at: number; readonly file: Promise<NetworkFile | null> }>();

  constructor(storage: Pick<Storage, 'networks'>, kinds: readonly MonitorKind[]) {
    this.storage = storage;
    this.kinds = kinds;
  }

  /** The accepted file of a network, or `null` when there is no such network. Many who ask at once cost one look. */
  current(network: string): Promise<NetworkFile | null> {
    const last = this.looks.get(network);
    if (last !== undefined && performance.now() - last.at < FRESH_MS) return last.file;
    const file = this.look(network);
    this.looks.set(network, { at: performance.now(), file });
    file.catch(() => this.looks.delete(network)); // a failed look is not remembered
    return file;
  }

  /** Forgets what is known of a network: a new version has been accepted here. */
  forget(network: string): void {
    this.looks.delete(network);
  }

  private async look(network: string): Promise<NetworkFile | null> {
    const head = await this.storage.networks.head(network);
    const known = this.entries.get(network);
    if (head !== null && known?.hash === head.hash) return known.file;
    const version = head === null ? null : await this.storage.networks.current(network);
    if (version === null) return null;
    const file = parseNetworkFile(version.text, `${network}, version ${version.version}`, this.kinds);
    this.entries.set(network, { hash: version.hash, file });
    return file;
  }
}
