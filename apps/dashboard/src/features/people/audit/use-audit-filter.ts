import { useCallback } from 'react';
import { browserHistory } from '../../../ui/browser-history.ts';
import { hrefWith, useUrlParam } from '../../../ui/use-url-param.ts';
import { type AuditFilter, paramsOf, parseFilter } from './audit-filter.ts';

/** The filter in the page's address, so that what was found can be shown to somebody else. */
export function useAuditFilter(): [filter: AuditFilter, change: (changes: Partial<AuditFilter>) => void] {
  const params: Readonly<Record<string, string>> = {
    period: useUrlParam('period')[0],
    from: useUrlParam('from')[0],
    to: useUrlParam('to')[0],
    action: useUrlParam('action')[0],
    actor: useUrlParam('actor')[0],
  };
  const filter = parseFilter(name => params[name] ?? '');
  const key = JSON.stringify(filter);
  const change = useCallback(
    (changes: Partial<AuditFilter>) => {
      const next = { ...(JSON.parse(key) as AuditFilter), ...changes };
      browserHistory().replace(hrefWith(paramsOf(next)));
    },
    [key],
  );
  return [filter, change];
}
