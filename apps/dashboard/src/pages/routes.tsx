import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { NetworkPage } from '../features/network/network-page.tsx';
import { leadToFirstSection, requirePermission } from '../features/settings/require-permission.ts';
import { Shell } from '../features/shell/shell.tsx';

/** What any page may be told in its address; see `useUrlParam`. */
interface PageSearch {
  readonly network?: string;
  /** Whose entries of the audit log. */
  readonly actor?: string;
}

const root = createRootRoute({
  validateSearch: (search: Record<string, unknown>) => search as PageSearch,
  notFoundComponent: lazyRouteComponent(async () => import('../features/account/missing-page.tsx'), 'MissingPage'),
});

/** Pages for who is signed in; each has the bar with the ways to the others. */
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });

/** Most visits begin here: it comes with the first files. */
const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  component: NetworkPage,
});

const machine = createRoute({
  getParentRoute: () => shell,
  path: '/machines/$network/$machine',
  component: lazyRouteComponent(async () => import('../features/machine/machine-page.tsx'), 'MachinePage'),
});

const compare = createRoute({
  getParentRoute: () => shell,
  path: '/compare',
  beforeLoad: requirePermission('history:read'),
  component: lazyRouteComponent(async () => import('../features/compare/compare-page.tsx'), 'ComparePage'),
});

const events = createRoute({
  getParentRoute: () => shell,
  path: '/events',
  beforeLoad: requirePermission('history:read'),
  component: lazyRouteComponent(async () => import('../features/events/events-page.tsx'), 'EventsPage'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(async () => import('../features/account/own-account-page.tsx'), 'OwnAccountPage'),
});

/** Its pages each say who may open them. */
const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(async () => import('../features/settings/settings-frame.tsx'), 'SettingsFrame'),
});

const firstSettings = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: leadToFirstSection,
});

const machines = createRoute({
  getParentRoute: () => settings,
  path: '/machines',
  beforeLoad: requirePermission('networks:write'),
  component: lazyRouteComponent(async () => import('../features/editor/editor-page.tsx'), 'EditorPage'),
});

const users = createRoute({
  getParentRoute: () => settings,
  path: '/users',
  beforeLoad: requirePermission('users:read'),
  component: lazyRouteComponent(async () => import('../features/people/users-page.tsx'), 'UsersPage'),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  beforeLoad: requirePermission('audit:read'),
  component: lazyRouteComponent(async () => import('../features/people/audit/audit-page.tsx'), 'AuditPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(async () => import('../features/account/sign-in-page.tsx'), 'SignInPage'),
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(async () => import('../features/account/link-page.tsx'), 'SetupPage'),
});

const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  component: lazyRouteComponent(async () => import('../features/account/link-page.tsx'), 'LinkPage'),
});

const forbidden = createRoute({
  getParentRoute: () => root,
  path: '/forbidden',
  component: lazyRouteComponent(async () => import('../features/account/forbidden-page.tsx'), 'ForbiddenPage'),
});

/** Every page there is. */
export const routeTree = root.addChildren([
  shell.addChildren([
    home,
    machine,
    compare,
    events,
    account,
    settings.addChildren([firstSettings, machines, users, audit]),
  ]),
  signIn,
  setup,
  link,
  forbidden,
]);
