import { type Actor, noteOf } from '#auth';
import {
  ConfigurationError,
  editMachines,
  hashOf,
  parseNetworkFile,
  raiseVersion,
  renderPatch,
  servicesOf,
  type Clock,
  type EditedText,
  type MachineEdit,
  type MonitorKind,
  type NetworkFile,
  type Problem,
} from '#config';
import type { NetworkVersion, Storage } from '#storage';
import { namesChanged } from './names-changed.ts';
import type { NetworkFiles } from './network-files.ts';

/** Other processes that edit at once, and the file on disk, are waited for by trying again. */
const ATTEMPTS = 10;

/** Where a network's file is kept: in a directory of this node, or in a repository that is only read here. */
export type NetworkType = 'local' | 'git';

/** What the editor needs of the world. */
export interface NetworkEditorParts {
  readonly storage: Pick<Storage, 'networks'>;
  readonly clock: Clock;
  readonly kinds: readonly MonitorKind[];
  readonly networkFiles: Pick<NetworkFiles, 'forget'>;
  readonly typeOf: (network: string) => NetworkType;
  /** Has the file on disk follow, when this process has one; whatever happens there does not concern who edited. */
  readonly exportNow: (network: string) => Promise<void>;
}

/** Who edits, and what was seen before. */
export interface Editing {
  readonly by: Actor;
  /** Whether the text with this hash is one from which the edit was made. */
  readonly isBasedOn: (hash: string) => boolean;
  /** Another's change meanwhile does not matter: the edit is made again, on the newest text. */
  readonly mayRetry: boolean;
}

/** What came of an edit. */
export type EditOutcome =
  | { readonly kind: 'accepted' | 'unchanged'; readonly version: NetworkVersion }
  /** It was made from another text than the accepted one. */
  | { readonly kind: 'stale'; readonly version: number }
  /** `at`: where in the list of machines the first edited one stands. */
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[]; readonly at: number }
  /** The network is changed in its repository; this is the change to propose there. */
  | { readonly kind: 'read-only'; readonly patch: string }
  | { readonly kind: 'no-network' }
  | Exclude<EditedText, { readonly kind: 'text' }>;

/** Makes new versions of network files: whole texts, or edits of machines in the accepted text. */
export class NetworkEditor {
  private readonly parts: NetworkEditorParts;
  /** The last edit of each network that was begun here. */
  private readonly turns = new Map<string, Promise<void>>();

  constructor(parts: NetworkEditorParts) {
    this.parts = parts;
  }

  /** Where the network is changed. */
  typeOf(network: string): NetworkType {
    return this.parts.typeOf(network);
  }

  /** Makes this text the next version; its own number counts when it is higher. */
  async replace(network: string, text: string, editing: Editing): Promise<EditOutcome> {
    return await this.change(network, () => ({ kind: 'text', text, at: 0 }), editing);
  }

  /** Edits machines in the accepted text. */
  async edit(network: string, edit: MachineEdit, editing: Editing): Promise<EditOutcome> {
    return await this.change(network, text => editMachines(text, edit), editing);
  }

  /** One after the other: of those who edit at once all but one would do it in vain, and again. */
  private async change(network: string, change: (text: string) => EditedText, editing: Editing): Promise<EditOutcome> {
    const before = this.turns.get(network) ?? Promise.resolve();
    const outcome = before.then(() => this.changeNow(network, change, editing));
    const over = (): void => undefined;
    this.turns.set(network, outcome.then(over, over));
    const done = await outcome;
    if (done.kind === 'accepted') await this.parts.exportNow(network);
    return done;
  }

  private async changeNow(
    network: string,
    change: (text: string) => EditedText,
    editing: Editing,
  ): Promise<EditOutcome> {
    for (let attempt = 1; ; attempt += 1) {
      const head = await this.parts.storage.networks.current(network);
      if (head === null) return { kind: 'no-network' };
      if (!editing.isBasedOn(head.hash)) return { kind: 'stale', version: head.version };
      const outcome = await this.attempt(head, change, editing.by);
      if (outcome.kind !== 'stale' || !editing.mayRetry || attempt === ATTEMPTS) return outcome;
    }
  }

  private async attempt(head: NetworkVersion, change: (text: string) => EditedText, by: Actor): Promise<EditOutcome> {
    const edited = change(head.text);
    if (edited.kind !== 'text') return edited;
    if (edited.text === head.text) return { kind: 'unchanged', version: head };
    const next = this.nextOf(head, edited.text);
    if ('problems' in next) return { kind: 'invalid', problems: next.problems, at: edited.at };
    if (this.parts.typeOf(head.network) === 'git')
      return { kind: 'read-only', patch: renderPatch(head.text, next.text, 'network.yml') };
    return await this.accept(head, next, by);
  }

  /** The text with its number, read; or every problem it has. */
  private nextOf(head: NetworkVersion, text: string): Next | { readonly problems: readonly Problem[] } {
    try {
      const file = parseNetworkFile(text, 'network.yml', this.parts.kinds);
      if (file.networkId !== head.network) return { problems: [otherNetwork(text, head.network)] };
      if (file.version > head.version) return { text, version: file.version, file };
      const version = head.version + 1;
      return { text: raiseVersion(text, version, head.hash), version, file };
    } catch (error) {
      if (error instanceof ConfigurationError) return { problems: error.problems };
      throw error;
    }
  }

  private async accept(head: NetworkVersion, { text, version, file }: Next, by: Actor): Promise<EditOutcome> {
    const { storage, clock, networkFiles } = this.parts;
    const [{ network }, at] = [head, clock.now()];
    const accepted = { network, version, text, hash: hashOf(text), author: by.actor, acceptedAt: at };
    const details = { from: head.version, version, hash: accepted.hash, ...this.namesChanged(head, file) };
    const outcome = await storage.networks.acceptVersion({
      network,
      text,
      hash: accepted.hash,
      author: by.actor,
      at,
      version,
      expectedVersion: head.version,
      machines: file.machines,
      services: servicesOf(file).map(({ name }) => name),
      note: noteOf(at, by, 'network.change', { subject: `network:${network}`, details }),
    });
    if (outcome !== 'accepted') return { kind: 'stale', version: head.version };
    networkFiles.forget(network);
    return { kind: 'accepted', version: accepted };
  }

  /** What was accepted with a plugin that is gone cannot be read any more; it can be replaced all the same. */
  private namesChanged(head: NetworkVersion, file: NetworkFile): Record<string, unknown> {
    try {
      const before = parseNetworkFile(head.text, 'network.yml', this.parts.kinds);
      return namesChanged(before.machines, file.machines);
    } catch (error) {
      if (error instanceof ConfigurationError) return {};
      throw error;
    }
  }
}

/** A text that may become the next version. */
interface Next {
  readonly text: string;
  readonly version: number;
  readonly file: NetworkFile;
}

function otherNetwork(text: string, network: string): Problem {
  const line = text.split('\n').findIndex(one => /^\s*["']?network_id\b/.test(one));
  const message = `must stay "${network}"`;
  return { source: 'network.yml', line: line === -1 ? null : line + 1, path: 'network_id', message };
}
