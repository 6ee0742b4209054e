import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { PluginModule } from './channel.ts';

/** Imports a plugin and gives its default export. Rejects with whatever importing it throws. */
export async function importPlugin(module: PluginModule): Promise<unknown> {
  if ('path' in module) return defaultOf(await import(pathToFileURL(module.path).href));
  const parentURL = pathToFileURL(`${module.directory}/`).href;
  // A package is looked for from where its importer lies: that would be here.
  const hooks = registerHooks({
    resolve: (name, context, next) =>
      next(name, context.parentURL === import.meta.url ? { ...context, parentURL } : context),
  });
  try {
    return defaultOf(await import(module.package));
  } finally {
    hooks.deregister();
  }
}

function defaultOf(module: unknown): unknown {
  return (module as { readonly default?: unknown }).default;
}
