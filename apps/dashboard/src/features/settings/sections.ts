import type { Permission } from '../../api/account-client.ts';
import { messages } from '../../messages/text.ts';

/** A page below `/settings`. */
interface SettingsSection {
  readonly to: '/settings/machines' | '/settings/users' | '/settings/audit';
  readonly label: string;
  /** Who does not have it is not shown the way; the route refuses them as well. */
  readonly permission: Permission;
}

const texts = messages.settings;

/** In the order of the list beside them. */
const SETTINGS_SECTIONS: readonly SettingsSection[] = [
  { to: '/settings/machines', label: texts.machines, permission: 'networks:write' },
  { to: '/settings/users', label: texts.users, permission: 'users:read' },
  { to: '/settings/audit', label: texts.audit, permission: 'audit:read' },
];

/** Those that somebody may open. */
export function sectionsFor(permissions: readonly Permission[]): readonly SettingsSection[] {
  return SETTINGS_SECTIONS.filter(({ permission }) => permissions.includes(permission));
}
