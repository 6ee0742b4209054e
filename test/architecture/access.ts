import { readFileSync } from 'node:fs';
import { parseSync, Visitor, type Class, type Decorator, type MethodDefinition, type ParseResult } from 'oxc-parser';

/** Nest's decorators that make a method a route, and the HTTP method each stands for. */
const ROUTES: Readonly<Record<string, string>> = {
  Get: 'GET',
  Sse: 'GET',
  Head: 'HEAD',
  Options: 'OPTIONS',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  All: 'ALL',
  RequestMapping: 'ALL',
  Search: 'SEARCH',
  QueryMethod: 'QUERY',
  Propfind: 'PROPFIND',
  Proppatch: 'PROPPATCH',
  Mkcol: 'MKCOL',
  Copy: 'COPY',
  Move: 'MOVE',
  Lock: 'LOCK',
  Unlock: 'UNLOCK',
};

/** The decorators that say who may use a route, and the folder that they come from. */
const ACCESS: readonly string[] = ['Allow', 'Public', 'OwnAccountOnly'];
const ACCESS_FOLDER = /\/access\/[\w-]+\.ts$/;

/** A method that answers requests. */
export interface Route {
  /** Where it stands, for people: `path: Class.method`. */
  readonly where: string;
  /** `GET /api/v1/users/{user}`, as OpenAPI writes it; `null` when its path is not written out in the decorators. */
  readonly name: string | null;
  /** What opens it: access decorators of its own; when it has none, those of its class. */
  readonly access: readonly string[];
}

/** A decorator as it is called: by the name that it was exported by, whatever it is called here. */
interface Called {
  readonly name: string;
  /** What was imported; `null`: it is from this file. */
  readonly from: string | null;
  readonly argument: string | null | undefined;
}

type Imports = ReadonlyMap<string, { readonly name: string | null; readonly from: string }>;

/** Every route of a source text. */
export function routesOf(path: string, source: string): Route[] {
  const parsed = parseSync(path, source);
  const imports = importsOf(parsed);
  const routes: Route[] = [];
  const addRoutes = (node: Class): void => void routes.push(...routesOfClass(path, node, imports));
  new Visitor({ ClassDeclaration: addRoutes, ClassExpression: addRoutes }).visit(parsed.program);
  return routes;
}

/** Why nobody can say who may use this route, or nothing. */
export function accessBreach({ where, access }: Route): string | undefined {
  if (access.length === 1) return undefined;
  return access.length === 0
    ? `${where}: declares no access; give it one of @${ACCESS.join(', @')}`
    : `${where}: declares access more than once (@${access.join(', @')})`;
}

/** Every breach of one file. */
export function accessBreaches(path: string): string[] {
  return routesOf(path, readFileSync(path, 'utf8')).flatMap(route => accessBreach(route) ?? []);
}

function importsOf({ module }: ParseResult): Imports {
  const entries = module.staticImports.flatMap(({ moduleRequest, entries: names }) =>
    names.map(
      ({ importName, localName }) => [localName.value, { name: importName.name, from: moduleRequest.value }] as const,
    ),
  );
  return new Map(entries);
}

function routesOfClass(path: string, node: Class, imports: Imports): Route[] {
  const ofClass = node.decorators.flatMap(decorator => calledBy(decorator, imports) ?? []);
  const prefix = ofClass.find(({ name }) => name === 'Controller')?.argument;
  return node.body.body.flatMap(member => {
    if (member.type !== 'MethodDefinition') return [];
    const own = member.decorators.flatMap(decorator => calledBy(decorator, imports) ?? []);
    const access = accessIn(own).length > 0 ? accessIn(own) : accessIn(ofClass);
    const where = `${path}: ${node.id?.name ?? 'a class'}.${nameOf(member)}`;
    return own
      .filter(({ name }) => Object.hasOwn(ROUTES, name))
      .map(({ name, argument }) => ({ where, access, name: routeName(ROUTES[name] ?? '', prefix, argument) }));
  });
}

function calledBy({ expression }: Decorator, imports: Imports): Called | null {
  const call = expression.type === 'CallExpression' ? expression : null;
  const callee = call === null ? expression : call.callee;
  const [first] = call?.arguments ?? [];
  const isText = first?.type === 'Literal' && typeof first.value === 'string';
  const argument = first === undefined ? undefined : isText ? String(first.value) : null;
  if (callee.type === 'Identifier') {
    const imported = imports.get(callee.name);
    return { name: imported?.name ?? callee.name, from: imported?.from ?? null, argument };
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return null;
  const from = callee.object.type === 'Identifier' ? (imports.get(callee.object.name)?.from ?? null) : null;
  return { name: callee.property.name, from, argument };
}

/** One of the same name that comes from elsewhere opens nothing. */
function accessIn(decorators: readonly Called[]): string[] {
  return decorators
    .filter(({ name, from }) => ACCESS.includes(name) && from !== null && ACCESS_FOLDER.test(from))
    .map(({ name }) => name);
}

function nameOf({ key }: MethodDefinition): string {
  return key.type === 'Identifier' ? key.name : 'a method';
}

function routeName(method: string, prefix: string | null | undefined, path: string | null | undefined): string | null {
  if (prefix === null || path === null) return null;
  const parts = `${prefix ?? ''}/${path ?? ''}`.split('/').filter(part => part !== '');
  return `${method} /${parts.map(part => part.replace(/^:(\w+)$/, '{$1}')).join('/')}`;
}
