import type { Machine, Service, VerdictState } from '../../api/client.ts';
import type { ColorScheme } from '../../ui/color-scheme.ts';
import type { IconName } from '../../ui/icon.tsx';

export const GROUPS = ['trouble', 'machines', 'services', 'pages', 'actions'] as const;
/** What kind of thing something is, and under which heading it stands. */
export type Group = (typeof GROUPS)[number];

/** What happens when something is chosen. */
export type Deed =
  | { readonly kind: 'go'; readonly href: string }
  /** A page outside of this application. */
  | { readonly kind: 'leave'; readonly href: string }
  | { readonly kind: 'theme'; readonly scheme: ColorScheme }
  | { readonly kind: 'keys' }
  | { readonly kind: 'sign-out' };

/** One thing that can be found. */
export interface Entry {
  /** Different from that of any other. */
  readonly id: string;
  readonly group: Group;
  readonly label: string;
  /** Where it is, or what it is about. */
  readonly detail: string;
  /** What it can be found by beside its label: labels of a machine, the target of a service. In lower case. */
  readonly words: string;
  readonly state: VerdictState | null;
  readonly icon: IconName | null;
  readonly deed: Deed;
}

/** @param where what to say of the network; empty when there is only one */
export function machineEntry(network: string, { name, labels, verdict }: Machine, where: string): Entry {
  return {
    id: `machine/${network}/${name}`,
    group: 'machines',
    label: name,
    detail: where,
    words: [network, ...Object.entries(labels).map(label => label.join(':'))].join(' ').toLowerCase(),
    state: verdict.state,
    icon: null,
    deed: { kind: 'go', href: `/machines/${encodeURIComponent(network)}/${encodeURIComponent(name)}` },
  };
}

/** A service has no page of its own: it leads to the list with nothing else in it. */
export function serviceEntry(network: string, { name, target, verdict }: Service, where: string): Entry {
  return {
    id: `service/${network}/${name}`,
    group: 'services',
    label: name,
    detail: [target ?? '', where].filter(text => text !== '').join(' · '),
    words: `${network} ${target ?? ''}`.toLowerCase(),
    state: verdict.state,
    icon: null,
    deed: { kind: 'go', href: `/?${new URLSearchParams({ network, view: 'services', q: name }).toString()}` },
  };
}

/** A page, here or outside of this application. */
export function pageEntry(label: string, href: string, kind: 'go' | 'leave' = 'go'): Entry {
  return {
    id: `page/${href}`,
    group: 'pages',
    label,
    detail: '',
    words: '',
    state: null,
    icon: 'next',
    deed: { kind, href },
  };
}

/** Something that is done at once. */
export function actionEntry(label: string, icon: IconName | null, deed: Deed): Entry {
  const id = `action/${deed.kind}${deed.kind === 'theme' ? `/${deed.scheme}` : ''}`;
  return { id, group: 'actions', label, detail: '', words: '', state: null, icon, deed };
}
