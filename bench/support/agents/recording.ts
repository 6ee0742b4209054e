import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { PROJECT } from '../project.ts';

/** One moment of a real agent: the same values in both formats. */
export interface RecordedMoment {
  /** Epoch seconds at which it was asked. */
  readonly at: number;
  /** Bodies as they came. */
  readonly json: string;
  readonly prometheus: string;
}

/** Answers of one real Netdata agent, byte for byte. */
export interface Recording {
  /** The `Server` header. */
  readonly server: string;
  /** Of the requests for the last values: distomon's own. */
  readonly filter: string;
  readonly info: string;
  /** `/api/v1/chart?chart=system.cpu` */
  readonly chart: string;
  /** 10 s apart, so that the values change between two scrapes as in life. */
  readonly moments: readonly RecordedMoment[];
  /** Raw points of ten minutes and more, by chart. */
  readonly data: Readonly<Record<string, string>>;
}

export const RECORDING = join(PROJECT, 'bench/support/agents/fixtures/netdata-1.37.1.json.gz');

export function readRecording(): Recording {
  return JSON.parse(gunzipSync(readFileSync(RECORDING)).toString()) as Recording;
}
