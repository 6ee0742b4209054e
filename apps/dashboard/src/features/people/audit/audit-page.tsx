import { useInfiniteQuery } from '@tanstack/react-query';
import { auditQuery } from '../../../api/people-queries.ts';
import { messages } from '../../../messages/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Notice } from '../../../ui/notice.tsx';
import { PageHeader } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { useTabTitle } from '../../../ui/use-tab-title.ts';
import { ReadFailed } from '../../network/network-states.tsx';
import { isFiltered, wishOf } from './audit-filter.ts';
import classes from './audit-page.module.css';
import { AuditTable } from './audit-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Older } from './older.tsx';
import { useAuditFilter } from './use-audit-filter.ts';

const texts = messages.audit;
const EVERYTHING = { period: 'all', fromDay: '', toDay: '', action: '', actor: '' } as const;

/** The page at `/settings/audit`: who did what. */
export function AuditPage() {
  useTabTitle(texts.title);
  const [filter, change] = useAuditFilter();
  const log = useInfiniteQuery(auditQuery(wishOf(filter)));
  const entries = log.data?.pages.flatMap(page => page.items) ?? null;
  return (
    <>
      <div className={classes.head}>
        <PageHeader title={texts.title} lead={texts.lead} />
        <FilterBar filter={filter} onChange={change} />
      </div>
      <Panel>
        {entries === null && log.error !== null ? (
          <ReadFailed error={log.error} onRetry={() => void log.refetch()} />
        ) : entries?.length === 0 ? (
          <Nothing {...(isFiltered(filter) ? { onShowAll: () => change(EVERYTHING) } : {})} />
        ) : (
          <div className={classes.log} data-old={log.isPlaceholderData || undefined}>
            <AuditTable entries={entries} onActor={filter.actor === '' ? actor => change({ actor }) : undefined} />
          </div>
        )}
        {entries !== null && entries.length > 0 && <Older log={log} count={entries.length} />}
      </Panel>
    </>
  );
}

function Nothing({ onShowAll }: { onShowAll?: () => void }) {
  return (
    <Notice
      title={texts.emptyTitle}
      action={
        onShowAll !== undefined && (
          <Button size="small" onClick={onShowAll}>
            {texts.showAll}
          </Button>
        )
      }
    >
      <p>{texts.emptyText}</p>
    </Notice>
  );
}
