import type { MachineNeed, PluginEntry, ProblemOf } from '#config';

/** A parameter that a plugin declares, ready to check what a network file says and to hand it over. */
export interface PluginParameter {
  readonly key: string;
  readonly required: boolean;
  /** Looks at a value as it is written in the network file. */
  readonly problemOf: ProblemOf;
  /** What the plugin is given for a value that is fine: a duration in milliseconds, everything else as it is written. */
  readonly handOver: (written: unknown) => unknown;
  /** As it would be written. `undefined`: the plugin is given nothing when the file says nothing. */
  readonly fallback: unknown;
}

/** What a plugin says of itself, checked. */
export interface PluginDeclaration {
  /** The kind of monitor that it brings. */
  readonly kind: string;
  /** The key of a machine without which it cannot look at that machine. */
  readonly needs: MachineNeed | null;
  readonly parameters: readonly PluginParameter[];
}

/** A plugin of nodeconf.yml that could be loaded and is what a plugin should be. */
export interface PluginDescription extends PluginDeclaration {
  readonly entry: PluginEntry;
  /** What it says of itself, as text: when a later process says something else, its file has been changed since. */
  readonly said: string;
}
