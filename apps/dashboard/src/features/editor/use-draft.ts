import { useState } from 'react';
import type { NetworkFile } from '../../api/editor-client.ts';

/** A text that is being written, and the accepted one that it began from. */
export interface Draft {
  /** `null`: nothing was changed. */
  readonly text: string | null;
  /** Of the text it began from. */
  readonly baseHash: string | null;
  /** Somebody else has made another version meanwhile. */
  readonly isStale: boolean;
  readonly write: (text: string) => void;
  /** Forgets what was written. */
  readonly drop: () => void;
  /** Goes on from the version of somebody else, with what was written: theirs has been seen. */
  readonly rebase: () => void;
}

interface Written {
  readonly text: string;
  readonly baseHash: string;
}

/** What is written in the file's editor; it outlives a look at the list of machines. */
export function useDraft(file: NetworkFile | undefined): Draft {
  const [written, setWritten] = useState<Written | null>(null);
  // What is the same again is no change.
  const open = written === null || written.text === file?.text ? null : written;
  return {
    text: open?.text ?? null,
    baseHash: open?.baseHash ?? file?.hash ?? null,
    isStale: open !== null && file !== undefined && open.baseHash !== file.hash,
    write: text => {
      if (file !== undefined) setWritten({ text, baseHash: open?.baseHash ?? file.hash });
    },
    drop: () => setWritten(null),
    rebase: () => {
      if (open !== null && file !== undefined) setWritten({ text: open.text, baseHash: file.hash });
    },
  };
}
