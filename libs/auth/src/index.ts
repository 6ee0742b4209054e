export { ApiTokens, type ApiTokensParts } from './api-tokens.ts';
export { type PasswordHasher } from './argon2-hasher.ts';
export { type Actor, actorOf, type AuditAction, noteOf, SERVER_ACTOR } from './audit-note.ts';
export { type AuthCode, AuthError } from './auth-error.ts';
export { Authenticator, type AuthenticatorParts, TOUCH_MS } from './authenticator.ts';
export { type AccessDecision, type AccessRule, decideAccess } from './decide-access.ts';
export { type UserChanges } from './decide-change.ts';
export { type GoogleProfile } from './decide-google.ts';
export { GoogleSignIn, type GoogleSignInParts } from './google-sign-in.ts';
export { Links, type LinksParts } from './links.ts';
export { type Origin } from './origin.ts';
export { OwnAccount, type OwnAccountParts } from './own-account.ts';
export { Passwords } from './passwords.ts';
export {
  type AccountRole,
  isPermission,
  type Permission,
  PERMISSION_NAMES,
  type PermissionHolder,
  PERMISSIONS,
  ROLES,
} from './permissions.ts';
export { mayView, type Principal } from './principal.ts';
export { userNotFound } from './refusals.ts';
export { type NewSession } from './session-opener.ts';
export { Setup, type SetupParts } from './setup.ts';
export { SignIn, type SignInParts } from './sign-in.ts';
export { throttleAddressOf } from './throttle-address.ts';
export { type NewUser, Users, type UsersParts } from './users.ts';
