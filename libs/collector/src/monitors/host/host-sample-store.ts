import type { HostChunk, HostSecond } from '#storage';

/** Where the seconds of this host rest until their window is summarised. Storage's `HostSamples` is one. */
export interface HostSampleStore {
  /** Stores the seconds of one chunk, at most 600. Storing a chunk again changes nothing. */
  append(chunk: HostChunk): Promise<void>;
  /** Every sampled second in [from, to). A second that was missed is absent. */
  read(machineId: number, from: Date, to: Date): Promise<readonly HostSecond[]>;
}
