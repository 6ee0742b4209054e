import { type Document, isAlias, isMap, isScalar, type Scalar, visit } from 'yaml';
import { ConfigurationError } from '../problem.ts';
import { MAX_FILE_BYTES, readDocument } from '../yaml/read-document.ts';
import { splice, type Splice } from './edit/splice.ts';
import { MAX_VERSION } from './network-file.shape.ts';

/**
 * The text of a network file with another `version:`, and with the hash of the text that it follows when it names one in
 * `previous:`. Everything else stays byte for byte as it was, comments, layout, quotes and line ends, and means the same.
 *
 * @throws ConfigurationError when the text is no YAML mapping with a `version:`, or would not be a network file any more
 */
export function raiseVersion(text: string, version: number, previous: string | null = null): string {
  if (version > MAX_VERSION) throw problem(`cannot rise: ${MAX_VERSION} is the highest`);
  const document = readDocument(text, 'network.yml');
  const raised = valueSplice(document, 'version', 'number', String(version));
  if (raised === null) throw problem('is missing, or no plain number');
  const follows = previous === null ? null : valueSplice(document, 'previous', 'string', previous);
  const risen = splice(text, follows === null ? [raised] : [raised, follows]);
  if (Buffer.byteLength(risen) > MAX_FILE_BYTES) throw problem('cannot rise: the file has no room for another digit');
  return risen;
}

function valueSplice(document: Document.Parsed, key: string, type: 'number' | 'string', text: string): Splice | null {
  const node = isMap(document.contents) ? document.contents.get(key, true) : undefined;
  if (!isScalar(node) || typeof node.value !== type || !node.range) return null;
  if (isUsedElsewhere(document, node))
    throw problem(`cannot rise: "${key}" has an anchor (&…), and what uses it would change too`);
  const [start, end] = node.range;
  return { start, end, text };
}

function isUsedElsewhere(document: Document.Parsed, { anchor }: Scalar): boolean {
  if (anchor === undefined) return false;
  let isUsed = false;
  visit(document, (_, node) => {
    if (isAlias(node) && node.source === anchor) isUsed = true;
  });
  return isUsed;
}

function problem(message: string): ConfigurationError {
  return new ConfigurationError([{ source: 'network.yml', line: null, path: 'version', message }]);
}
