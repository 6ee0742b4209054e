import {
  ConfigurationError,
  formatProblems,
  hashOf,
  parseNetworkFile,
  raiseVersion,
  servicesOf,
  type Clock,
  type MonitorKind,
  type NetworkFile,
} from '#config';
import type { JobLog } from '#jobs';
import type { FileTrouble, NetworkVersion, Storage } from '#storage';
import { decideSync, type SyncDecision } from './decide-sync.ts';
import { NetworkText } from './network-text.ts';

const LOOK_EVERY_MS = 2_000;

/** What a directory needs of the world. */
export interface NetworkDirectoryParts {
  readonly network: string;
  /** Absolute path of network.yml. */
  readonly file: string;
  readonly storage: Pick<Storage, 'networks' | 'fileTroubles'>;
  /** The label of this process, whose directory it is. */
  readonly process: string;
  readonly clock: Clock;
  readonly log: JobLog;
  readonly kinds: readonly MonitorKind[];
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
  private readonly text: NetworkText;
  /** The file as it was at the last look. */
  private lastMark = '';
  /** File and head as they were when their difference was last settled; empty: it is not. */
  private settled = '';
  /** What has been told already. */
  private trouble = '';
  private timer: NodeJS.Timeout | undefined;
  private working = Promise.resolve();
  private stopped = false;

  constructor(parts: NetworkDirectoryParts) {
    this.parts = parts;
    this.text = new NetworkText(parts.file);
  }

  /** The name of its network. */
  get network(): string {
    return this.parts.network;
  }

  /**
   * Settles the difference between file and database, and goes on looking every second.
   *
   * @throws ConfigurationError when the database holds another network of this name
   */
  async start(): Promise<void> {
    this.lastMark = await this.text.mark();
    const decision = await this.settle(this.lastMark);
    if (decision?.action === 'refuse' && decision.why === 'another network of this name')
      throw new ConfigurationError([
        { source: this.parts.file, line: null, path: 'version', message: this.stranger() },
      ]);
    this.lookLater();
  }

  /** Ends the looking; resolves when nothing is going on any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.working;
  }

  /** Looks at once, as something was accepted: the file on disk follows before it is told that it was. */
  async lookNow(): Promise<void> {
    if (this.stopped) return;
    this.working = this.working.then(() => this.look());
    await this.working;
  }

  private lookLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.working = this.working.then(() => this.look());
      void this.working.then(() => this.lookLater());
    }, LOOK_EVERY_MS);
  }

  private async look(): Promise<void> {
    try {
      const mark = await this.text.mark();
      const head = await this.parts.storage.networks.head(this.parts.network);
      // a file is taken when it has not changed for a whole look: an editor may still be writing
      const isAtRest = mark === this.lastMark;
      this.lastMark = mark;
      if (isAtRest && `${mark} ${head?.hash ?? ''}` !== this.settled) await this.settle(mark);
    } catch (error) {
      this.settled = ''; // nothing is settled: the next look tries again
      this.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** Makes file and database agree, if they can. `null`: the file is wrong, and has been told. */
  private async settle(mark: string): Promise<SyncDecision | null> {
    const { networks } = this.parts.storage;
    const [text, current] = [await this.text.read(), await networks.current(this.parts.network)];
    this.settled = `${mark} ${current?.hash ?? ''}`;
    const file = await this.parse(text);
    if (file === null) return null;
    const { network } = this.parts;
    const [fileHash, agreedHash] = [hashOf(text), await this.text.agreedHash()];
    const madeHere = await networks.madeHereAfter(network, file.version);
    const decision = decideSync({
      fileHash,
      fileVersion: file.version,
      head: current,
      agreedHash,
      wasAccepted: await networks.wasAccepted(network, fileHash),
      agreedWasAccepted: agreedHash !== null && (await networks.wasAccepted(network, agreedHash)),
      wasMadeHereSince: madeHere !== null,
      isRaisedAlready: current !== null && this.isRaised(text, file, current),
    });
    if (await this.carryOut(decision, { text, file, current, mark })) await this.beInOrder();
    return decision;
  }

  private isRaised(text: string, file: NetworkFile, current: NetworkVersion): boolean {
    if (file.version >= current.version) return false;
    try {
      const { previous } = parseNetworkFile(current.text, this.parts.file, this.parts.kinds);
      return raiseVersion(text, current.version, previous) === current.text;
    } catch (error) {
      if (error instanceof ConfigurationError) return false;
      throw error;
    }
  }

  /** False: the file is in trouble, and that has been told. */
  private async carryOut(decision: SyncDecision, found: Found): Promise<boolean> {
    switch (decision.action) {
      case 'nothing':
        await this.text.rememberAgreed(hashOf(found.text));
        return true;
      case 'accept':
        return await this.accept(found, decision.version);
      case 'export':
        await this.bringUpToDate(found);
        return true;
      case 'refuse':
        await this.tell(decision.why === 'changed on both sides' ? this.conflict(found) : this.stranger());
        return false;
    }
  }

  private async parse(text: string): Promise<NetworkFile | null> {
    const file = await this.orTell(() => parseNetworkFile(text, this.parts.file, this.parts.kinds));
    if (file === null || file.networkId === this.parts.network) return file;
    await this.tell(`network_id must stay "${this.parts.network}": the change is not accepted`);
    return null;
  }

  /** `null`: it is wrong, and what is has been told. */
  private async orTell<T>(read: () => T): Promise<T | null> {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.say(`the change is not accepted, the former version goes on:\n${formatProblems(error.problems)}`);
      const problems = error.problems.map(({ line, path, message }) => ({ line, path, message }));
      await this.note('The file on disk has problems. The accepted version goes on.', problems);
      return null;
    }
  }

  private async accept({ text, file, current, mark }: Found, version: number): Promise<boolean> {
    const { network, storage, clock, log, onAccepted } = this.parts;
    const raise = (): string => (version === file.version ? text : raiseVersion(text, version, current?.hash));
    const accepted = await this.orTell(raise);
    if (accepted === null) return false;
    const outcome = await storage.networks.acceptVersion({
      network,
      text: accepted,
      hash: hashOf(accepted),
      author: 'file',
      at: clock.now(),
      version,
      expectedVersion: current?.version ?? null,
      machines: file.machines,
      services: servicesOf(file).map(({ name }) => name),
    });
    this.settled = ''; // look once more: whatever has been written meanwhile is compared with the new version
    if (outcome === 'stale') return true; // somebody else was faster
    onAccepted(network);
    log.info({ network, version, machines: file.machines.length }, 'network file accepted');
    if (accepted === text || (await this.replace(accepted, mark))) await this.text.rememberAgreed(hashOf(accepted));
    return true;
  }

  private async bringUpToDate({ current, mark }: Found): Promise<void> {
    if (current === null || !(await this.replace(current.text, mark))) return;
    await this.text.rememberAgreed(current.hash);
    this.parts.log.info(
      { network: current.network, version: current.version, file: this.parts.file },
      'network file brought up to date',
    );
  }

  /** What is written here in one step need not be waited for as what an editor writes. */
  private async replace(text: string, mark: string): Promise<boolean> {
    const isDone = await this.text.replace(text, mark);
    if (isDone) this.lastMark = await this.text.mark();
    return isDone;
  }

  private conflict({ file, current }: Found): string {
    const accepted = current?.version ?? 0;
    return (
      `the file was changed from an older text than version ${accepted}, which ${current?.author ?? 'somebody'} made meanwhile: the accepted ` +
      `version goes on. Put your change into the accepted text; or give this file (now version ${file.version}) a version ` +
      `above ${accepted}, and it replaces what was accepted`
    );
  }

  private stranger(): string {
    return (
      `the database already holds a network "${this.parts.network}" that this file was never part of; to join it, put its text into ` +
      'this file; to replace it, give this file a higher version than the accepted one; to keep both, use another database'
    );
  }

  private async tell(trouble: string): Promise<void> {
    this.say(trouble);
    await this.note(trouble, []);
  }

  /** Says what is wrong once, not every second. */
  private say(trouble: string): void {
    if (trouble === this.trouble) return;
    this.trouble = trouble;
    this.parts.log.error({ file: this.parts.file }, trouble);
  }

  /** For whoever edits elsewhere, and cannot see this directory. */
  private async note(detail: string, problems: FileTrouble['problems']): Promise<void> {
    const { network, process, clock, storage } = this.parts;
    await storage.fileTroubles.note(network, { process, since: clock.now(), detail, problems });
  }

  private async beInOrder(): Promise<void> {
    this.trouble = '';
    await this.parts.storage.fileTroubles.clear(this.parts.network, this.parts.process);
  }
}

/** The two sides as they were found. */
interface Found {
  readonly text: string;
  readonly file: NetworkFile;
  readonly current: NetworkVersion | null;
  readonly mark: string;
}
