import { fill, messages } from '../messages/text.ts';
import { agoText, utcText } from './ago.ts';
import { useClockValue } from './clock-context.ts';
import { formatDate, formatFullMoment } from './format.ts';

/** A moment in the zone of the reader; in UTC for a pointer that rests on it. */
export function Moment({ at }: { at: string }) {
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={fill(messages.moment.utc, { moment: utcText(instant) })}>
      {formatFullMoment(instant)}
    </time>
  );
}

/** The day of a moment, where the time of day does not matter; exactly, for a pointer that rests on it. */
export function Day({ at }: { at: string }) {
  const instant = Date.parse(at);
  return (
    <time dateTime={at} title={exactText(instant)}>
      {formatDate(instant)}
    </time>
  );
}

/** How long ago it was, or how far ahead it lies; when exactly, for a pointer that rests on it. */
export function Ago({ at }: { at: string }) {
  const instant = Date.parse(at);
  const text = useClockValue(now => agoText(instant, now));
  return (
    <time dateTime={at} title={exactText(instant)}>
      {text}
    </time>
  );
}

function exactText(instant: number): string {
  return fill(messages.moment.both, { moment: formatFullMoment(instant), utc: utcText(instant) });
}
