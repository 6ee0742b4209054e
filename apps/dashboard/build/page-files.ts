import type { Plugin, Rolldown } from 'vite';

/** What a page consists of. What is written about it is the server's `PageNeeds`. */
interface PageParts {
  /** Below the features, with those around it, as the router's table has them load: a test compares them. */
  readonly modules: readonly string[];
  /** Paths of the API that it reads first of all, where `$name` is that part of its own path. */
  readonly reads: readonly string[];
}

const SESSION = '/api/v1/auth/session';
const NETWORKS = '/api/v1/networks';
const MACHINE = '/api/v1/networks/$network/machines/$machine';
const SETTINGS = 'settings/settings-frame.tsx';

/** Every page of the router. */
export const PAGES: Readonly<Record<string, PageParts>> = {
  // Home comes with the first files.
  '/': { modules: [], reads: [SESSION, NETWORKS] },
  '/machines/$network/$machine': { modules: ['machine/machine-page.tsx'], reads: [SESSION, NETWORKS, MACHINE] },
  '/compare': { modules: ['compare/compare-page.tsx'], reads: [SESSION, NETWORKS] },
  '/events': { modules: ['events/events-page.tsx'], reads: [SESSION, NETWORKS] },
  '/account': { modules: ['account/own-account-page.tsx'], reads: [SESSION, NETWORKS] },
  '/settings': { modules: [SETTINGS], reads: [SESSION] },
  '/settings/machines': { modules: [SETTINGS, 'editor/editor-page.tsx'], reads: [SESSION, NETWORKS] },
  '/settings/users': { modules: [SETTINGS, 'people/users-page.tsx'], reads: [SESSION, NETWORKS] },
  '/settings/audit': { modules: [SETTINGS, 'people/audit/audit-page.tsx'], reads: [SESSION, NETWORKS] },
  '/sign-in': { modules: ['account/sign-in-page.tsx'], reads: [SESSION] },
  '/setup': { modules: ['account/link-page.tsx'], reads: [SESSION] },
  '/link': { modules: ['account/link-page.tsx'], reads: [SESSION] },
  '/forbidden': { modules: ['account/forbidden-page.tsx'], reads: [SESSION] },
};

/**
 * Writes `page-files.json`: for each page the paths of the files that it needs beside the first ones, and of what it reads.
 * The server names them in the head of that page, so that they come together with the first files and not after those have
 * run.
 */
export function pageFiles(): Plugin {
  return {
    name: 'page-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter(file => file.type === 'chunk');
      const first = filesOf(
        chunks.filter(({ isEntry }) => isEntry),
        bundle,
      );
      const pages = Object.entries(PAGES).map(([page, { modules, reads }]) => {
        const needed = filesOf(
          modules.map(module => chunkOf(module, chunks)),
          bundle,
        );
        return [page, { files: [...needed].filter(file => !first.has(file)).map(file => `/${file}`), reads }];
      });
      this.emitFile({ type: 'asset', fileName: 'page-files.json', source: JSON.stringify(Object.fromEntries(pages)) });
    },
  };
}

function chunkOf(module: string, chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk {
  const found = chunks.find(chunk => chunk.facadeModuleId?.endsWith(`/src/features/${module}`) === true);
  if (found === undefined) throw new Error(`No file of the build begins with ${module}, which PAGES names.`);
  return found;
}

/** Names of the files that have to be there before any of the chunks runs, styles among them. */
function filesOf(chunks: readonly Rolldown.OutputChunk[], bundle: Rolldown.OutputBundle): Set<string> {
  const files = new Set<string>();
  const visit = (chunk: Rolldown.OutputChunk): void => {
    if (files.has(chunk.fileName)) return;
    files.add(chunk.fileName);
    for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
    for (const name of chunk.imports) {
      const imported = bundle[name];
      if (imported?.type === 'chunk') visit(imported);
    }
  };
  chunks.forEach(visit);
  return files;
}
