import type { UseQueryResult } from '@tanstack/react-query';
import { useMay } from '../account/use-session.ts';
import type { RowStore } from '../list/row-store.ts';
import { NoServices } from '../services/no-services.tsx';
import { SERVICE_LIST, SERVICE_LIST_NOW } from '../services/service-list.tsx';
import type { ServiceRow } from '../services/service-row.ts';
import { ViewedList } from './viewed-list.tsx';

interface ServicesViewProps {
  readonly network: string;
  readonly list: UseQueryResult<unknown>;
  readonly store: RowStore<ServiceRow>;
  readonly onWatch: (names: readonly string[]) => void;
}

/** The services of a network, with as much of their past as may be seen. */
export function ServicesView(props: ServicesViewProps) {
  const kind = useMay('history:read') ? SERVICE_LIST : SERVICE_LIST_NOW;
  return <ViewedList {...props} kind={kind} Empty={NoServices} />;
}
