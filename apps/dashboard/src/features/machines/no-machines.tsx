import { fill, messages } from '../../messages/text.ts';
import { EmptyList } from '../list/empty-list.tsx';

/** An entry to copy; what is to be changed in it is plain to see. */
const EXAMPLE = `machines:
  - { name: web-1, netdata: "http://10.0.0.11:19999" }`;

/** In place of an empty list: how to get a first line into it. */
export function NoMachines({ network }: { network: string }) {
  return (
    <EmptyList
      title={messages.machines.emptyTitle}
      text={fill(messages.home.empty.machines, { network })}
      editorOf={network}
    >
      <p>{fill(messages.machines.emptyText, { network })}</p>
      <pre>{EXAMPLE}</pre>
    </EmptyList>
  );
}
