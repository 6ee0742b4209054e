import { useMemo } from 'react';
import type { Permission } from '../../api/account-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { COLOR_SCHEMES } from '../../ui/color-scheme.ts';
import { useSession } from '../account/use-session.ts';
import { useNetworkName } from '../network/use-network-name.ts';
import { sectionsFor } from '../settings/sections.ts';
import { PLACES } from '../shell/places.ts';
import { actionEntry, type Entry, pageEntry } from './entries.ts';

const { palette } = messages;
const NONE: readonly Permission[] = [];
const ICONS = { auto: 'screen', light: 'sun', dark: 'moon' } as const;

/** The pages that this account may open, and what it can do. @param networks those that it sees */
export function useOwnEntries(networks: readonly string[]): readonly Entry[] {
  const permissions = useSession()?.account?.permissions ?? NONE;
  const current = useNetworkName();
  const key = networks.join('/');
  return useMemo(() => {
    const others = key.split('/').filter(network => network !== '' && network !== current);
    return [...pageEntries(permissions, current), ...others.map(networkEntry), ...actionEntries()];
  }, [permissions, current, key]);
}

function pageEntries(permissions: readonly Permission[], network: string | undefined): Entry[] {
  const search = network === undefined ? '' : `?${new URLSearchParams({ network }).toString()}`;
  const places = PLACES.filter(({ permission }) => permissions.includes(permission));
  return [
    ...places.map(({ label, to }) => pageEntry(label, to + search)),
    pageEntry(palette.account, `/account${search}`),
    ...sectionsFor(permissions).map(({ label, to }) => pageEntry(fill(palette.settings, { label }), to + search)),
    pageEntry(palette.api, '/api/docs', 'leave'),
  ];
}

function networkEntry(network: string): Entry {
  return pageEntry(fill(palette.network, { network }), `/?${new URLSearchParams({ network }).toString()}`);
}

function actionEntries(): Entry[] {
  return [
    ...COLOR_SCHEMES.map(scheme => actionEntry(palette.theme[scheme], ICONS[scheme], { kind: 'theme', scheme })),
    actionEntry(palette.keys, 'list', { kind: 'keys' }),
    actionEntry(palette.signOut, 'back', { kind: 'sign-out' }),
  ];
}
