import { ConfigurationError } from '../problem.ts';
import { type Checked, checkShape, type Conflict, type Finding, type Shape } from '../validation/check-shape.ts';
import { renderPath } from '../validation/render-path.ts';
import { readYaml } from './yaml-source.ts';

/** How a kind of file is read: what it looks like, and what must hold between its parts. */
export interface YamlFileKind<T extends object> {
  readonly shape: Shape<T>;
  /** Looks at everything that is fine by itself, so that one round of corrections is enough. */
  readonly findConflicts: (value: Checked<T>) => readonly Conflict[];
}

/**
 * Reads a YAML text as one kind of file.
 *
 * @throws ConfigurationError with every problem of the text, in the order of its lines.
 */
export function parseYamlFile<T extends object>(text: string, file: string, kind: YamlFileKind<T>): T {
  const source = readYaml(text, file);
  const { value, findings } = checkShape(kind.shape, source.value);
  const conflicts = withoutConsequences(kind.findConflicts(value), findings);
  const problems = [...source.problems, ...[...findings, ...conflicts].map(source.locate)];
  if (problems.length > 0) throw new ConfigurationError(problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)));
  return value as T;
}

function withoutConsequences(conflicts: readonly Conflict[], findings: readonly Finding[]): Conflict[] {
  const wrong = new Set(findings.flatMap(({ path }) => path.map((_, index) => renderPath(path.slice(0, index + 1)))));
  return conflicts.filter(({ restsOn }) => restsOn === undefined || !wrong.has(renderPath(restsOn)));
}
