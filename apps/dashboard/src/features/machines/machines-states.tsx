import { Button } from '@mantine/core';
import { ApiError, isNoAnswer } from '../../api/api-error.ts';
import { counted, fill, messages } from '../../messages/text.ts';
import { Notice } from '../../ui/notice.tsx';

/** An entry to copy; what is to be changed in it is plain to see. */
const EXAMPLE = `machines:
  - { name: web-1, netdata: "http://10.0.0.11:19999" }`;

export function NoMachines({ network }: { network: string }) {
  return (
    <Notice title={messages.empty.machinesTitle}>
      <p>{fill(messages.empty.machinesText, { network })}</p>
      <pre>{EXAMPLE}</pre>
    </Notice>
  );
}

export function NoNetworks() {
  return (
    <Notice title={messages.empty.networksTitle}>
      <p>{messages.empty.networksText}</p>
    </Notice>
  );
}

export function NoMatch({ filter, total, onClear }: { filter: string; total: number; onClear: () => void }) {
  return (
    <Notice
      title={fill(messages.empty.matchTitle, { filter })}
      action={
        <Button size="xs" variant="default" onClick={onClear}>
          {messages.filter.clear}
        </Button>
      }
    >
      <p>{counted(messages.empty.matchText, total)}</p>
    </Notice>
  );
}

export function UnknownNetwork({ network, first, onShow }: { network: string; first: string; onShow: () => void }) {
  return (
    <Notice
      title={fill(messages.empty.networkGoneTitle, { network })}
      action={
        <Button size="xs" variant="default" onClick={onShow}>
          {fill(messages.empty.showFirst, { network: first })}
        </Button>
      }
    >
      <p>{messages.empty.networkGoneText}</p>
    </Notice>
  );
}

/** Nothing could be read so far. It is tried again by itself; the button is for the impatient. */
export function ReadFailed({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const code = error instanceof ApiError ? error.code : error.name;
  const detail = error instanceof ApiError ? error.detail : null;
  return (
    <Notice
      title={messages.error.title}
      action={
        <Button size="xs" variant="default" onClick={onRetry}>
          {messages.error.retry}
        </Button>
      }
    >
      <p role="alert">{isNoAnswer(error) ? messages.error.no_answer : (detail ?? messages.error.other)}</p>
      <p>
        {messages.error.retrying} {!isNoAnswer(error) && fill(messages.error.code, { code })}
      </p>
    </Notice>
  );
}
