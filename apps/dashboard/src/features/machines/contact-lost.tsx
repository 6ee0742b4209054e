import { fill, messages } from '../../messages/text.ts';
import { formatMoment } from '../../ui/format.ts';
import { Banner } from '../../ui/notice.tsx';

/** @param readAt when the machines were last read, in this browser's clock */
export function ContactLost({ readAt }: { readAt: number }) {
  return <Banner tone="warning">{fill(messages.stream.lost, { moment: formatMoment(readAt, Date.now()) })}</Banner>;
}
