/**
 * What a plugin's process and the server say to each other: one JSON text a line, over a pipe of their own. (The channel
 * that Node would bring throws in the server when a child writes something else into it, and holds what has no end.)
 * Only modules of this directory can be read by that process.
 */

/** The file descriptor of the pipe in the plugin's process. */
export const CHANNEL_FD = 3;

/** A longer message is not taken from the process. */
export const MAX_MESSAGE_CHARACTERS = 64 * 1024;

/** What a function is reported as. */
export const FUNCTION = '(function)';

/** Where a plugin's code is: a file, or a package as seen from a directory. */
export type PluginModule = { readonly path: string } | { readonly package: string; readonly directory: string };

/** The machine that a check of `on` looks at, as the plugin gets it. */
export interface CheckedMachine {
  readonly name: string;
  readonly address: string | null;
  readonly netdata: string | null;
  readonly labels: Readonly<Record<string, string>>;
}

/** What the server asks of the process. */
export type Order =
  | { readonly type: 'load'; readonly module: PluginModule; readonly settings: Readonly<Record<string, string>> }
  | ({ readonly type: 'check'; readonly id: number } & CheckOrder)
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'ping' };

/** One check. */
export interface CheckOrder {
  readonly parameters: Readonly<Record<string, unknown>>;
  /** `null`: a service. */
  readonly machine: CheckedMachine | null;
  readonly timeoutMs: number;
}

/** What the process says. The server believes nothing of it before it has looked at it. */
export type Report =
  | { readonly type: 'loaded'; readonly declaration: unknown }
  /** It could not be loaded, or something in it was thrown that nobody caught; the process ends. */
  | { readonly type: 'failed'; readonly message: string }
  | { readonly type: 'result'; readonly id: number; readonly latencyMs: number; readonly result: unknown }
  | { readonly type: 'threw'; readonly id: number; readonly message: string }
  /** The answer to a ping. */
  | { readonly type: 'alive'; readonly memoryBytes: number };
