/** Why devices could not be read although nothing is known to be wrong with their machine. */
export const UNREAD = {
  noMonitor: {
    reason: 'unobserved',
    detail: 'The network file has no monitor that gives values of this machine, or it is paused.',
  },
  tooMuch: { reason: 'unobserved', detail: 'Too much is being read at once; ask again in a moment.' },
  broken: { reason: 'unobserved', detail: 'distomon could not read it; its log says why.' },
  noOwner: { reason: 'unobserved', detail: 'The process that may look at this machine did not answer.' },
} as const;
