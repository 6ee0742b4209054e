import { isMap, isScalar, type YAMLMap } from 'yaml';
import { ConfigurationError } from '../problem.ts';
import { readDocument } from '../yaml/read-document.ts';
import { splice, type Splice } from './edit/splice.ts';

/**
 * The text of a network file with another `version:`, and with the hash of the text that it follows when it names one in
 * `previous:`. Everything else stays byte for byte as it was: comments, layout, quotes, line ends.
 *
 * @throws ConfigurationError when the text is no YAML mapping with a `version:`
 */
export function raiseVersion(text: string, version: number, previous: string | null = null): string {
  const { contents } = readDocument(text, 'network.yml');
  const raised = isMap(contents) ? valueSplice(contents, 'version', 'number', String(version)) : null;
  if (raised === null) {
    throw new ConfigurationError([
      { source: 'network.yml', line: null, path: 'version', message: 'is missing, or no plain number' },
    ]);
  }
  const follows = isMap(contents) && previous !== null ? valueSplice(contents, 'previous', 'string', previous) : null;
  return splice(text, follows === null ? [raised] : [raised, follows]);
}

function valueSplice(map: YAMLMap, key: string, type: 'number' | 'string', text: string): Splice | null {
  const node = map.get(key, true);
  if (!isScalar(node) || typeof node.value !== type || !node.range) return null;
  const [start, end] = node.range;
  return { start, end, text };
}
