import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import {
  ConfigurationError,
  formatProblems,
  hashOf,
  parseNetworkFile,
  raiseVersion,
  type Clock,
  type NetworkFile,
} from '#config';
import type { JobLog } from '#jobs';
import type { NetworkVersion, Storage } from '#storage';

const LOOK_EVERY_MS = 1_000;

/** What a directory needs of the world. */
export interface NetworkDirectoryParts {
  readonly network: string;
  /** Absolute path of network.yml. */
  readonly file: string;
  readonly storage: Pick<Storage, 'networks'>;
  readonly clock: Clock;
  readonly log: JobLog;
  /** Called after a version was accepted. */
  readonly onAccepted: (network: string) => void;
}

/**
 * Keeps a local network's directory and the accepted versions in the database in step: a change of the file is
 * imported without a restart, a version accepted elsewhere is written to the file. A file that is wrong changes
 * nothing; the accepted version goes on.
 */
export class NetworkDirectory {
  private readonly parts: NetworkDirectoryParts;
  private seen = '';
  private timer: NodeJS.Timeout | undefined;
  private working = Promise.resolve();

  constructor(parts: NetworkDirectoryParts) {
    this.parts = parts;
  }

  /** Imports the file and goes on looking at it every second. */
  async start(): Promise<void> {
    await this.sync();
    this.timer = setInterval(() => {
      this.working = this.working.then(() => this.look());
    }, LOOK_EVERY_MS);
  }

  /** Ends the looking; resolves when nothing is going on any more. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.working;
  }

  private async look(): Promise<void> {
    try {
      await this.sync();
    } catch (error) {
      this.parts.log.warn({ error, file: this.parts.file }, 'the network file could not be looked at');
    }
  }

  private async sync(): Promise<void> {
    const mark = await markOf(this.parts.file);
    const head = await this.parts.storage.networks.head(this.parts.network);
    if (`${mark} ${head?.hash ?? ''}` === this.seen) return;
    await this.reconcile(await this.parts.storage.networks.current(this.parts.network));
    const after = await this.parts.storage.networks.head(this.parts.network);
    this.seen = `${await markOf(this.parts.file)} ${after?.hash ?? ''}`;
  }

  private async reconcile(current: NetworkVersion | null): Promise<void> {
    const text = await readFile(this.parts.file, 'utf8');
    if (current?.hash === hashOf(text)) return;
    if (current !== null && (await this.parts.storage.networks.wasAccepted(this.parts.network, hashOf(text)))) {
      await this.exportText(current);
      return;
    }
    const file = this.parse(text);
    if (file !== null) await this.accept(text, file, current);
  }

  private parse(text: string): NetworkFile | null {
    try {
      const file = parseNetworkFile(text, this.parts.file);
      if (file.networkId === this.parts.network) return file;
      this.parts.log.error(
        { file: this.parts.file },
        `network_id must stay "${this.parts.network}": the change is not accepted`,
      );
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.parts.log.error(
        { file: this.parts.file },
        `the change is not accepted, the former version goes on:\n${formatProblems(error.problems)}`,
      );
    }
    return null;
  }

  /** A hand edit without a raised version is raised, and the file says so. */
  private async accept(text: string, file: NetworkFile, current: NetworkVersion | null): Promise<void> {
    const version = Math.max(file.version, (current?.version ?? 0) + (current === null ? 0 : 1));
    const accepted = version === file.version ? text : raiseVersion(text, version);
    const { network, storage, clock, log } = this.parts;
    const outcome = await storage.networks.acceptVersion({
      network,
      text: accepted,
      hash: hashOf(accepted),
      author: 'file',
      at: clock.now(),
      version,
      expectedVersion: current?.version ?? null,
      machines: file.machines,
    });
    if (outcome === 'stale') return; // somebody else accepted a version meanwhile: the next look compares again
    if (accepted !== text) await this.write(accepted);
    this.parts.onAccepted(network);
    log.info({ network, version, machines: file.machines.length }, 'network file accepted');
  }

  private async exportText(current: NetworkVersion): Promise<void> {
    await this.write(current.text);
    this.parts.log.info(
      { network: current.network, version: current.version, file: this.parts.file },
      'network file brought up to date',
    );
  }

  private async write(text: string): Promise<void> {
    const draft = `${this.parts.file}.new`;
    await writeFile(draft, text, { mode: 0o640 });
    await rename(draft, this.parts.file);
  }
}

/** Changes whenever the file is written or replaced. */
async function markOf(file: string): Promise<string> {
  const { mtimeMs, size, ino } = await stat(file);
  return `${mtimeMs}/${size}/${ino}`;
}
