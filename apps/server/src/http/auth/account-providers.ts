import type { Provider, Type } from '@nestjs/common';
import { ApiTokens, Authenticator, Links, OwnAccount, type Passwords, Setup, SignIn, Users } from '#auth';
import type { Clock, Settings } from '#config';
import type { Storage } from '#storage';
import { AuditController } from '../audit/audit.controller.ts';
import type { ServerInfo } from '../../server-info.ts';
import { SessionsController } from '../sessions/sessions.controller.ts';
import { SetupController } from '../setup/setup.controller.ts';
import { TokensController } from '../tokens/tokens.controller.ts';
import { UserLinks } from '../users/user-links.ts';
import { UsersController } from '../users/users.controller.ts';
import { AuthController } from './auth.controller.ts';
import { GoogleController } from './google/google.controller.ts';
import { GoogleWay } from './google/google-way.ts';
import { PasswordController } from './password.controller.ts';
import { SessionViews } from './session-views.ts';

/** What accounts need of the world. */
export interface AccountParts {
  readonly storage: Storage;
  readonly clock: Clock;
  readonly passwords: Passwords;
  readonly settings: Pick<Settings, 'session' | 'google' | 'publicUrl'>;
  readonly info: Pick<ServerInfo, 'networks'>;
}

/** Another through whom one can sign in. */
interface SignInProvider {
  readonly controller: Type;
  readonly way: new (parts: AccountParts) => { readonly isOn: boolean };
}

/** All of them, by their names in {@link SessionView}. One more is a folder like google/, a line here, and a column of accounts. */
const PROVIDERS = {
  google: { controller: GoogleController, way: GoogleWay },
} as const satisfies Record<string, SignInProvider>;

type ProviderName = keyof typeof PROVIDERS;

/** The routes of accounts. */
export const ACCOUNT_CONTROLLERS: readonly Type[] = [
  AuthController,
  PasswordController,
  ...Object.values(PROVIDERS).map(({ controller }) => controller),
  SetupController,
  SessionsController,
  TokensController,
  UsersController,
  AuditController,
];

/** What the routes and guards of accounts are given. */
export function accountProvidersOf(parts: AccountParts): Provider[] {
  const { storage, clock, passwords, settings, info } = parts;
  const { session, publicUrl } = settings;
  const signing = { storage, clock, session, passwords };
  const setup = new Setup(signing);
  const links = new Links(signing);
  const ways = Object.entries(PROVIDERS).map(([name, { way }]) => ({ name, way, made: new way(parts) }));
  const providers = Object.fromEntries(ways.map(({ name, made }) => [name, made.isOn])) as Record<
    ProviderName,
    boolean
  >;
  return [
    { provide: Authenticator, useValue: new Authenticator({ storage, clock, session }) },
    { provide: SignIn, useValue: new SignIn(signing) },
    { provide: Setup, useValue: setup },
    { provide: Links, useValue: links },
    { provide: OwnAccount, useValue: new OwnAccount(signing) },
    { provide: Users, useValue: new Users({ storage, clock, knownNetworks: info.networks, ways: providers }) },
    { provide: ApiTokens, useValue: new ApiTokens({ storage, clock }) },
    { provide: UserLinks, useValue: new UserLinks(links, publicUrl) },
    { provide: SessionViews, useValue: new SessionViews({ accounts: storage.accounts, setup, providers, clock }) },
    ...ways.map(({ way, made }) => ({ provide: way, useValue: made })),
  ];
}
