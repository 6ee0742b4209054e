import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGES } from '../../apps/dashboard/build/page-files.ts';
import { PAGE_RULES } from '../../apps/server/src/http/access/page-rules.ts';

const ROUTES = new URL('../../apps/dashboard/src/pages/routes.tsx', import.meta.url);
const ROUTE = /const (\w+) = createRoute\(\{\s*getParentRoute: \(\) => (\w+),([\s\S]*?)\}\);/g;

/** What the dashboard's table of routes says of one of them. */
interface Route {
  readonly parent: string;
  /** Below its parent; `null`: it only surrounds others. */
  readonly path: string | null;
  /** Whom its page asks for; `null`: it does not ask. */
  readonly permission: string | null;
  /** Where its component is, below the features; `null`: it has none of its own. */
  readonly module: string | null;
}

function routesOf(text: string): Map<string, Route> {
  const found = text.matchAll(ROUTE);
  return new Map(
    Array.from(found, ([, name = '', parent = '', rest = '']) => {
      const path = /path: '([^']+)'/.exec(rest)?.[1] ?? null;
      const permission = /requirePermission\('([^']+)'\)/.exec(rest)?.[1] ?? null;
      const module = /import\('..\/features\/([^']+)'\)/.exec(rest)?.[1] ?? null;
      return [name, { parent, path, permission, module }];
    }),
  );
}

function fullPath(routes: ReadonlyMap<string, Route>, name: string): string {
  const route = routes.get(name);
  if (route === undefined) return '';
  const path = `${fullPath(routes, route.parent)}${route.path ?? ''}`;
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}

/** Those of a route and of all around it, the outermost first. */
function modulesOf(routes: ReadonlyMap<string, Route>, name: string): string[] {
  const route = routes.get(name);
  if (route === undefined) return [];
  return [...modulesOf(routes, route.parent), ...(route.module === null ? [] : [route.module])];
}

const text = readFileSync(ROUTES, 'utf8');
const routes = routesOf(text);
const pages = [...routes].filter(([, { path }]) => path !== null).map(([name]) => fullPath(routes, name));

test('every route of the dashboard is read by this test', () => {
  expect(routes.size).toBe(text.split('= createRoute(').length - 1);
});

test('the server knows every page of the dashboard, and no other', () => {
  expect(new Set(pages)).toEqual(new Set(Object.keys(PAGE_RULES)));
});

test('who may open a page is the same for the server and for the dashboard', () => {
  const asking = [...routes].filter(([, { permission }]) => permission !== null);
  const ofDashboard = Object.fromEntries(asking.map(([name, { permission }]) => [fullPath(routes, name), permission]));
  expect(PAGE_RULES).toMatchObject(ofDashboard);
});

test('the build knows of what every page consists', () => {
  const own = [...routes].filter(([, { path }]) => path !== null);
  const modules = own.map(([name]) => [fullPath(routes, name), modulesOf(routes, name)]);
  const known = Object.entries(PAGES).map(([page, parts]) => [page, parts.modules]);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(modules));
});
