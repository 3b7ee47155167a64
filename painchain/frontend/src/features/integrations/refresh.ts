/** How often this page asks again. */
export const refreshEveryMs = 5_000;
