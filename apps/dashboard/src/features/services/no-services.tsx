import { fill, messages } from '../../messages/text.ts';
import { Notice } from '../../ui/notice.tsx';

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
    <Notice title={messages.services.emptyTitle}>
      <p>{fill(messages.services.emptyText, { network })}</p>
      <pre>{EXAMPLE}</pre>
    </Notice>
  );
}
