import { AppError, type PluginEntry } from '#config';
import type { DeclarationProblem } from './declaration/declared.ts';
import { parseDeclaration } from './declaration/parse-declaration.ts';
import type { PluginDescription } from './plugin-description.ts';
import { PluginSession } from './plugin-session.ts';

/** A plugin cannot be used: it cannot be loaded, or is not what a plugin should be. */
export class PluginUnusable extends AppError {
  readonly problems: readonly DeclarationProblem[];

  constructor(problems: readonly DeclarationProblem[]) {
    super(
      'PLUGIN_UNUSABLE',
      problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
    );
    this.problems = problems;
  }
}

/**
 * Loads a plugin in a process of its own that ends right after, and reads what it says of itself.
 *
 * @throws PluginUnusable with everything that is wrong, after at most 5 s
 */
export async function describePlugin(entry: PluginEntry): Promise<PluginDescription> {
  const session = new PluginSession(entry, () => undefined);
  const loading = await session.loaded;
  await session.close('has said what it is');
  if ('why' in loading) throw new PluginUnusable([{ path: '', message: loading.why }]);
  const declaration = parseDeclaration(loading.declaration);
  if (Array.isArray(declaration)) throw new PluginUnusable(declaration);
  return { entry, ...declaration, said: JSON.stringify(loading.declaration) };
}
