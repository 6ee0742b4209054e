import { fill, messages } from '../../messages/text.ts';
import { formatMoment } from '../../ui/format.ts';
import { Banner } from '../../ui/notice.tsx';

/** @param heardAt when anything was last heard, in this browser's clock */
export function ContactLost({ heardAt }: { heardAt: number }) {
  return <Banner tone="warning">{fill(messages.stream.lost, { moment: formatMoment(heardAt, Date.now()) })}</Banner>;
}
