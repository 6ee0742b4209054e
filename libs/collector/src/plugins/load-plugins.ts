import { ConfigurationError, showValue, type PluginEntry, type Problem } from '#config';
import type { JobLog } from '#jobs';
import { BUILT_IN_KINDS } from '../monitors/built-in-kinds.ts';
import type { Monitor } from '../monitors/monitor.ts';
import { describePlugin, PluginUnusable } from './describe-plugin.ts';
import type { PluginDescription } from './plugin-description.ts';
import { PluginMonitor } from './plugin-monitor.ts';

/**
 * Describes every plugin of nodeconf.yml.
 *
 * @param file how problems name nodeconf.yml
 * @throws ConfigurationError with everything that is wrong with any of them
 */
export async function loadPlugins(entries: readonly PluginEntry[], file: string): Promise<PluginDescription[]> {
  const found = await Promise.all(entries.map(descriptionOrProblems));
  const descriptions = found.map(one => (Array.isArray(one) ? null : one));
  const problems = found.flatMap((one, index) => {
    const messages = Array.isArray(one) ? one : problemsOfKind(one.kind, descriptions.slice(0, index));
    return messages.map(message => asProblem(entries[index], index, message));
  });
  if (problems.length > 0) throw new ConfigurationError(problems.map(problem => ({ ...problem, source: file })));
  return descriptions.filter(description => description !== null);
}

/** The monitors of plugins by their kinds. None of them has a process before it is asked to look at something. */
export function createPluginMonitors(plugins: readonly PluginDescription[], log: JobLog): Record<string, Monitor> {
  return Object.fromEntries(plugins.map(plugin => [plugin.kind, new PluginMonitor(plugin, log)]));
}

async function descriptionOrProblems(entry: PluginEntry): Promise<PluginDescription | string[]> {
  try {
    return await describePlugin(entry);
  } catch (error) {
    if (!(error instanceof PluginUnusable)) throw error;
    return error.problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));
  }
}

function problemsOfKind(kind: string, before: readonly (PluginDescription | null)[]): string[] {
  const shown = showValue(kind);
  if (BUILT_IN_KINDS.some(known => known.kind === kind))
    return [`kind: ${shown} is built in; a plugin needs a name of its own`];
  const twin = before.findIndex(other => other?.kind === kind);
  return twin < 0 ? [] : [`kind: ${shown} is brought by plugins[${twin}] already; keep one of them`];
}

function asProblem(entry: PluginEntry | undefined, index: number, message: string): Omit<Problem, 'source'> {
  const key = entry !== undefined && 'package' in entry.module ? 'package' : 'path';
  return { line: null, path: `plugins[${index}].${key}`, message };
}
