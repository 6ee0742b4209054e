import type { Parsed } from '../../reading/answer.types.ts';
import { parseJson } from '../../reading/parse-json.ts';
import type { Points, PointScanner } from './point-scanner.ts';

/** An answer of `/api/v1/data`. */
export interface ChartAnswer {
  /** Everything but the points: in their place stands an empty array. */
  readonly json: unknown;
  /** Of the first key `"data"`; `null`: there are none, or they are not rows of numbers. */
  readonly points: Points | null;
}

const KEY = '"data"';
const EMPTY = Buffer.from('[]');
const [COLON, SPACE] = [0x3a, 0x20];

/** Parses an answer without making objects of its points. What is no JSON is `bad_response`. */
export function parseChartAnswer(bytes: Buffer, scanner: PointScanner): Parsed<ChartAnswer> {
  const start = placeOfPoints(bytes);
  const scanned = start === null ? null : scanner.scan(bytes, start);
  if (start === null || scanned === null) return withPoints(parseJson(bytes), null);
  const rest = Buffer.concat([bytes.subarray(0, start), EMPTY, bytes.subarray(scanned.end)]);
  return withPoints(parseJson(rest), scanned.points);
}

/** Behind the key and its colon; a dimension may be called so too. */
function placeOfPoints(bytes: Buffer): number | null {
  for (let key = bytes.indexOf(KEY); key >= 0; key = bytes.indexOf(KEY, key + KEY.length)) {
    let at = key + KEY.length;
    while (isSpace(bytes[at])) at++;
    if (bytes[at] === COLON) return at + 1;
  }
  return null;
}

/** RFC 8259 section 2. */
function isSpace(byte: number | undefined): boolean {
  return byte === SPACE || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function withPoints(parsed: Parsed<unknown>, points: Points | null): Parsed<ChartAnswer> {
  return parsed.ok ? { ok: true, value: { json: parsed.value, points } } : parsed;
}
