import { type Document, isAlias, isNode, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import { ConfigurationError, type Problem } from '../problem.ts';
import { printable } from '../validation/show.ts';

/** More is no configuration. */
export const MAX_FILE_BYTES = 1024 * 1024;
/** A broken text can have an error at every byte; long before this many they follow from each other. */
const MAX_ERRORS = 1_000;

/**
 * Reads one YAML 1.2 document (core schema: no merge keys, no dates, keys are text).
 *
 * @param lines learns where the lines begin
 * @throws ConfigurationError with every syntax error; also when there is no document, or the text is over 1 MiB
 */
export function readDocument(text: string, source: string, lines = new LineCounter()): Document.Parsed {
  if (Buffer.byteLength(text) > MAX_FILE_BYTES)
    throw refusal(source, 'is larger than 1 MiB, which no configuration is');
  return refusingWhatThrows(source, () => {
    const document = parseCore(text, lines);
    const problems = syntaxErrors(document, source, lines);
    if (problems.length > 0) throw new ConfigurationError(problems);
    if (document.contents === null) throw refusal(source, 'is empty');
    return document;
  });
}

/** The yaml package throws for a bomb of aliases, and for nesting that is deeper than the stack. */
export function refusingWhatThrows<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw refusal(source, `cannot be read: ${printable(error instanceof Error ? error.message : String(error))}`);
  }
}

function refusal(source: string, message: string): ConfigurationError {
  return new ConfigurationError([{ source, line: null, path: '', message }]);
}

/** `version` alone would not do: a `%YAML 1.1` line in the text turns merge keys and dates back on. */
function parseCore(text: string, lineCounter: LineCounter): Document.Parsed {
  const dialect = { version: '1.2', schema: 'core', merge: false, stringKeys: true } as const;
  // Keys that stand twice are found in `yaml-lines.ts`: the package compares each with each, 9 s for 40,000 keys.
  // Edits of the text have to know where dashes and colons stand.
  const reading = { uniqueKeys: false, prettyErrors: false, logLevel: 'error', keepSourceTokens: true } as const;
  return parseDocument(text, { ...dialect, ...reading, lineCounter });
}

/** A warning (an unknown tag) counts too: the value would be read as something else than the text says. */
function syntaxErrors(document: Document.Parsed, source: string, lines: LineCounter): Problem[] {
  const found = [...document.errors, ...document.warnings]
    .slice(0, MAX_ERRORS)
    .map(error => ({ offset: error.pos[0], message: messageOf(error) }));
  return [...found, ...danglingAliases(document)].map(({ offset, message }) => {
    return { source, line: lines.linePos(offset).line, path: '', message: `is no YAML: ${printable(message)}` };
  });
}

/**
 * What the package says of an error, without what it quotes of the text: a password that begins with `!`, `*` or `|` and
 * stands without quotes is no YAML, and would be shown.
 */
function messageOf({ code, message }: YAMLError): string {
  return WITHOUT_QUOTING[code] ?? message.replace(/\b: .*/s, '');
}

const WITHOUT_QUOTING: Partial<Record<YAMLError['code'], string>> = {
  TAG_RESOLVE_FAILED: 'a tag (!…) that means nothing for this value; text that begins with ! belongs in quotes',
  BAD_DIRECTIVE: 'a directive (%…) that means nothing here',
  BAD_DQ_ESCAPE: 'an escape (\\…) that means nothing between double quotes; a backslash is written \\\\',
  MULTIPLE_DOCS: 'there is a second document (after ---); one file is one document',
};

/** The package notices these only when it makes a value of the document, and then without a line. */
function danglingAliases(document: Document.Parsed): { readonly offset: number; readonly message: string }[] {
  const anchors = new Set<string>();
  const dangling: { readonly offset: number; readonly message: string }[] = [];
  visit(document, (_, node) => {
    if (!isNode(node)) return;
    if (!isAlias(node)) {
      if (node.anchor !== undefined) anchors.add(node.anchor);
    } else if (!anchors.has(node.source)) {
      dangling.push({
        offset: node.range?.[0] ?? 0,
        message: 'an alias (*…) of an anchor that is not set before it; text that begins with * belongs in quotes',
      });
    }
  });
  return dangling;
}
