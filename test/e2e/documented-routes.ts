import { isPermission, type AccessRule } from '#auth';
import { ask } from './ask.ts';

/** A parameter of a route. */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required?: boolean;
}

/** A route as the OpenAPI document tells it. */
export interface DocumentedRoute {
  readonly method: string;
  /** As OpenAPI writes it: `/api/v1/users/{user}`. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[] | undefined;
  /** What `x-permission` says; `undefined`: it does not say anything. */
  readonly rule: AccessRule | undefined;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly security?: DocumentedRoute['security'];
  readonly 'x-permission'?: unknown;
}

/** Every route of the document that the server serves to whoever has this session. */
export async function documentedRoutes(url: string, cookie: string): Promise<DocumentedRoute[]> {
  const { body } = await ask(url, { path: '/api/openapi.json', headers: { cookie } });
  const paths = body['paths'] as Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      parameters: operation.parameters ?? [],
      security: operation.security,
      rule: ruleOf(operation['x-permission']),
    })),
  );
}

/** `GET /api/v1/users/{user}`. */
export function nameOf({ method, path }: Pick<DocumentedRoute, 'method' | 'path'>): string {
  return `${method} ${path}`;
}

/** Path and query of a request to the route, its required parameters filled. */
export function filled({ path, parameters }: DocumentedRoute, values: Readonly<Record<string, string>>): string {
  const valueOf = (name: string): string => {
    const value = values[name];
    if (value === undefined) throw new Error(`${path}: no value is known for the parameter "${name}"`);
    return encodeURIComponent(value);
  };
  const query = parameters
    .filter(({ in: place, required }) => place === 'query' && required === true)
    .map(({ name }) => `${name}=${valueOf(name)}`);
  const filledPath = path.replace(/\{(\w+)\}/g, (_all, name: string) => valueOf(name));
  return query.length === 0 ? filledPath : `${filledPath}?${query.join('&')}`;
}

function ruleOf(said: unknown): AccessRule | undefined {
  if (said === 'public' || said === 'own-account') return said;
  return typeof said === 'string' && isPermission(said) ? said : undefined;
}
