import { fill, messages } from '../../messages/text.ts';
import { EmptyList } from '../list/empty-list.tsx';

/** Entries to copy; what is to be changed in them is plain to see. */
const EXAMPLE = `monitors:
  - name: shop
    kind: http
    url: https://shop.example/health
  - name: mail
    kind: tcp
    host: mail.example
    port: 25
  - name: shop-certificate
    kind: tls
    host: shop.example
    interval: 1h`;

/** In place of an empty list: what a service is, and how to get a first line into it. */
export function NoServices({ network }: { network: string }) {
  return (
    <EmptyList title={messages.services.emptyTitle} text={fill(messages.home.empty.services, { network })}>
      <p>{fill(messages.services.emptyText, { network })}</p>
      <pre>{EXAMPLE}</pre>
    </EmptyList>
  );
}
