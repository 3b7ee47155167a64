/** How often a connector tells that it lives. */
export const heartbeatSeconds = 15;

/** How long a lease lasts without a heartbeat. */
export const leaseSeconds = 60;

/** Without a heartbeat for two intervals, a connector counts as silent: nothing waits for it any more. */
export const silentSeconds = 2 * heartbeatSeconds;

/** A command that nobody has answered for this long has failed. */
export const commandSeconds = 600;

/** Of sources that are told in parts, one that is not told for this long is no more. */
export const untoldSeconds = 900;
