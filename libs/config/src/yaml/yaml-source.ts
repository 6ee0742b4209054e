import { type Document, LineCounter } from 'yaml';
import type { Problem } from '../problem.ts';
import type { Finding } from '../validation/check-shape.ts';
import { renderPath } from '../validation/render-path.ts';
import { readDocument, refusingWhatThrows } from './read-document.ts';
import { duplicateKeys, LineFinder } from './yaml-lines.ts';

/** How often one anchor may be used; the yaml package multiplies what aliases of aliases amount to. */
const MAX_ALIASES = 100;

/** A YAML text that was read without a syntax error. */
export interface YamlSource {
  /** The value as plain JavaScript. */
  readonly value: unknown;
  /** What can be read and is wrong all the same: keys that stand twice in a mapping. */
  readonly problems: readonly Problem[];
  /** Says in which line a finding stands. */
  readonly locate: (finding: Finding) => Problem;
}

/**
 * Reads one YAML document as a value, and keeps its line numbers.
 *
 * @throws ConfigurationError with every syntax error; also when the text is over 1 MiB or its aliases are a bomb
 */
export function readYaml(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = readDocument(text, file, lines);
  return refusingWhatThrows(file, () => sourceOf(document, file, offset => lines.linePos(offset).line));
}

function sourceOf(document: Document.Parsed, source: string, lineAt: (offset: number) => number): YamlSource {
  const finder = new LineFinder(document);
  const problem = ({ path, message }: Finding, offset: number): Problem => {
    return { source, line: lineAt(offset), path: renderPath(path), message };
  };
  return {
    value: document.toJS({ maxAliasCount: MAX_ALIASES }),
    problems: duplicateKeys(document.contents).map(({ path, offset }) =>
      problem({ path, message: 'stands here twice; keep one of them' }, offset),
    ),
    locate: finding => problem(finding, finder.offsetOf(finding.path)),
  };
}
