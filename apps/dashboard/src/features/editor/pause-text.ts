import type { MachinePause } from '../../api/editor-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { formatFullMoment } from '../../ui/format.ts';

const texts = messages.editor.pause;

/** In a line: until when, or that somebody has to end it. */
export function pauseText({ until }: MachinePause): string {
  return until === null ? texts.open : fill(texts.ends, { moment: formatFullMoment(Date.parse(until)) });
}
