import { fill, messages } from '../../messages/text.ts';
import { Notice } from '../../ui/notice.tsx';

/** An entry to copy; what is to be changed in it is plain to see. */
const EXAMPLE = `machines:
  - { name: web-1, netdata: "http://10.0.0.11:19999" }`;

/** In place of an empty list: how to get a first line into it. */
export function NoMachines({ network }: { network: string }) {
  return (
    <Notice title={messages.machines.emptyTitle}>
      <p>{fill(messages.machines.emptyText, { network })}</p>
      <pre>{EXAMPLE}</pre>
    </Notice>
  );
}
