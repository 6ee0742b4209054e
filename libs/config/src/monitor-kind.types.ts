import type { ProblemOf } from './validation/check.ts';

/** The keys of a machine that a kind of monitor may need to look at it. */
export const MACHINE_NEEDS = ['netdata', 'host', 'address'] as const;
export type MachineNeed = (typeof MACHINE_NEEDS)[number];

/**
 * What a monitor is asked for.
 *
 * - `metrics` the values of a machine, every second and as rows; it applies to every machine that has what it needs
 * - `check` whether something answers as it should, and how fast; without `on` it has a target of its own, a service
 */
export type MonitorGives = 'metrics' | 'check';

/** The keys of a monitor that belong to its kind, as they are written in the network file. */
export type MonitorParameters = Readonly<Record<string, unknown>>;

/** What one such key may hold. */
export interface ParameterRule {
  readonly required?: boolean;
  /** What is wrong with a value that is there; `null`: nothing. */
  readonly problemOf: ProblemOf;
}

/** Something wrong between parameters that are fine by themselves. */
export interface ParameterConflict {
  /** The key it is told at; `null`: the monitor as a whole. */
  readonly key: string | null;
  readonly message: string;
}

/** What a monitor looks at: a target of its own, or the machines that `on` selects. */
export type MonitorScope = 'service' | 'machines';

/** What a network file has to know about a kind of monitor. Built-in kinds and those of plugins look the same from here. */
export interface MonitorKind {
  readonly kind: string;
  readonly gives: MonitorGives;
  /** The key of a machine without which it cannot look at that machine; `null`: it needs none. */
  readonly needs: MachineNeed | null;
  readonly parameters: Readonly<Record<string, ParameterRule>>;
  /** Not called when a parameter is wrong by itself. */
  readonly findParameterConflicts?: (
    parameters: MonitorParameters,
    scope: MonitorScope,
  ) => readonly ParameterConflict[];
}
