/** A role, from the least to the most. */
export const ROLES = ['user', 'admin'] as const;

/** `user` sees the present, `admin` everything. */
export type AccountRole = (typeof ROLES)[number];

/** Who has a permission by role, and whether it can be limited to some networks. What each allows: docs/accounts.md. */
export interface PermissionRule {
  readonly roles: readonly AccountRole[];
  /** About the server as a whole: an account that is limited to some networks does not have it, whatever its role. */
  readonly wholeServer: boolean;
}

/**
 * The one table of what may be done and by whom. Routes name one of these; tokens are given some of them as scopes. It
 * serves sessions and tokens alike.
 */
export const PERMISSIONS = {
  'metrics:read': { roles: ['user', 'admin'], wholeServer: false },
  'history:read': { roles: ['admin'], wholeServer: false },
  'networks:write': { roles: ['admin'], wholeServer: false },
  'server:read': { roles: ['admin'], wholeServer: true },
  'users:read': { roles: ['admin'], wholeServer: true },
  'users:write': { roles: ['admin'], wholeServer: true },
  'audit:read': { roles: ['admin'], wholeServer: true },
} as const satisfies Record<string, PermissionRule>;

/** The name of a permission, which is also the name of a token's scope. */
export type Permission = keyof typeof PERMISSIONS;

/** Every permission, in the order of the table. */
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as readonly Permission[];

/** Whether a text is the name of a permission. */
export function isPermission(text: string): text is Permission {
  return Object.hasOwn(PERMISSIONS, text);
}

/** Whose permissions are asked for. `networks` `null`: all of them. */
export interface PermissionHolder {
  readonly role: AccountRole;
  readonly networks: readonly string[] | null;
}

/** What an account may do, in the order of the table. */
export function permissionsOf({ role, networks }: PermissionHolder): Permission[] {
  return PERMISSION_NAMES.filter(name => {
    const { roles, wholeServer }: PermissionRule = PERMISSIONS[name];
    return roles.includes(role) && !(wholeServer && networks !== null);
  });
}
