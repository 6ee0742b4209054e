import { isMap, isScalar } from 'yaml';
import { ConfigurationError } from '../problem.ts';
import { readDocument } from '../yaml/read-document.ts';

/**
 * The text of a network file with another `version:`. Everything else stays byte for byte as it was: comments, layout,
 * quotes, line ends.
 *
 * @throws ConfigurationError when the text is no YAML mapping with a `version:`
 */
export function raiseVersion(text: string, version: number): string {
  const { contents } = readDocument(text, 'network.yml');
  const node = isMap(contents) ? contents.get('version', true) : undefined;
  if (!isScalar(node) || typeof node.value !== 'number' || !node.range) {
    throw new ConfigurationError([
      { source: 'network.yml', line: null, path: 'version', message: 'is missing, or no plain number' },
    ]);
  }
  const [start, end] = node.range;
  return `${text.slice(0, start)}${version}${text.slice(end)}`;
}
