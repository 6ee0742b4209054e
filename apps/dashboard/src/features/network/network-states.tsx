import { ApiError, isForbidden, isNoAnswer } from '../../api/api-error.ts';
import { fill, messages } from '../../messages/text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { AskWhom } from '../account/ask-whom.tsx';
import { useSession } from '../account/use-session.ts';

export function NoNetworks() {
  return (
    <Notice title={messages.empty.networksTitle}>
      <p>{messages.empty.networksText}</p>
    </Notice>
  );
}

export function UnknownNetwork({ network, first, onShow }: { network: string; first: string; onShow: () => void }) {
  return (
    <Notice
      title={fill(messages.empty.networkGoneTitle, { network })}
      action={
        <Button size="small" onClick={onShow}>
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
  if (isForbidden(error)) return <MayNotRead detail={error.message} />;
  const code = error instanceof ApiError ? error.code : error.name;
  const detail = error instanceof ApiError ? error.detail : null;
  return (
    <Notice
      title={messages.error.title}
      action={
        <Button size="small" onClick={onRetry}>
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

/** Somebody took the permission away, or it was never there: trying again changes nothing, asking somebody may. */
function MayNotRead({ detail }: { detail: string }) {
  const session = useSession();
  return (
    <Notice title={messages.error.forbiddenTitle}>
      <p role="alert">{detail}</p>
      <AskWhom contacts={session?.contacts ?? []} />
    </Notice>
  );
}
