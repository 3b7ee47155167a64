/** How a process of ours ends, by the numbers of sysexits(3) where they fit. */
export const exitCodes = {
  /** It did what it was asked to, or was told to stop and stopped. */
  ok: 0,
  /** A bug, or a stop that took longer than its grace. */
  bug: 1,
  /** The configuration can't be used; every fault has been listed. Starting again changes nothing. */
  configuration: 78,
} as const;
