import { type Document, LineCounter, parseDocument } from 'yaml';
import { ConfigurationError, type Problem } from '../problem.ts';
import type { Finding } from '../validation/check-shape.ts';
import { renderPath } from '../validation/render-path.ts';
import { duplicateKeys, LineFinder } from './yaml-lines.ts';

const MAX_BYTES = 1024 * 1024;
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
 * Reads one YAML 1.2 document (core schema: no merge keys, no dates, keys are text) and keeps its line numbers.
 *
 * @throws ConfigurationError with every syntax error; also when the text is over 1 MiB or its aliases are a bomb.
 */
export function readYaml(text: string, file: string): YamlSource {
  const lines = new LineCounter();
  const document = readDocument(text, file, lines);
  return refusingWhatThrows(file, () => sourceOf(document, file, offset => lines.linePos(offset).line));
}

/** Like {@link readYaml}, for somebody who needs the text's nodes and their positions. */
export function readDocument(text: string, file: string, lines = new LineCounter()): Document.Parsed {
  if (Buffer.byteLength(text) > MAX_BYTES) throw refusal(file, 'is larger than 1 MiB, which no configuration is');
  const document = refusingWhatThrows(file, () => parseCore(text, lines));
  refuseSyntaxErrors(document, file, lines);
  return document;
}

/** The yaml package throws for aliases without end, and for nesting that is deeper than the stack. */
function refusingWhatThrows<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw refusal(file, `cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function refusal(source: string, message: string): ConfigurationError {
  return new ConfigurationError([{ source, line: null, path: '', message }]);
}

/** `version` alone would not do: a `%YAML 1.1` line in the text turns merge keys and dates back on. */
function parseCore(text: string, lineCounter: LineCounter): Document.Parsed {
  const dialect = { version: '1.2', schema: 'core', merge: false, stringKeys: true } as const;
  // Unique keys are found by `duplicateKeys`: the package compares each with each, minutes for a file of keys only.
  return parseDocument(text, { ...dialect, uniqueKeys: false, prettyErrors: false, logLevel: 'error', lineCounter });
}

function refuseSyntaxErrors(document: Document.Parsed, source: string, lines: LineCounter): void {
  // A warning (an unknown tag) counts too: the value would be read as something else than the text says.
  const found = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
    source,
    line: lines.linePos(pos[0]).line,
    path: '',
    message: `is no YAML: ${message}`,
  }));
  if (found.length > 0) throw new ConfigurationError(found);
  if (document.contents === null) throw refusal(source, 'is empty');
}

function sourceOf(document: Document.Parsed, source: string, lineAt: (offset: number) => number): YamlSource {
  const finder = new LineFinder(document);
  const problem = ({ path, message }: Finding, offset: number): Problem => ({
    source,
    line: lineAt(offset),
    path: renderPath(path),
    message,
  });
  return {
    value: document.toJS({ maxAliasCount: MAX_ALIASES }),
    problems: duplicateKeys(document.contents).map(({ path, offset }) =>
      problem({ path, message: 'stands here twice; keep one of them' }, offset),
    ),
    locate: finding => problem(finding, finder.offsetOf(finding.path)),
  };
}
